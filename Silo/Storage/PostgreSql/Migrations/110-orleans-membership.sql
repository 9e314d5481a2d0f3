-- Which silos there are. All changes to one cluster's silos are serialised by its version: who wants to change a row says which
-- version he has read, and raises it in the same statement, so of two who have read the same version one is refused.
CREATE TABLE orleans_cluster (
    cluster_id text PRIMARY KEY,
    version integer NOT NULL
);

-- A silo that starts again is another silo: its generation, the time of its start, is part of its address.
CREATE TABLE orleans_silo (
    cluster_id text NOT NULL REFERENCES orleans_cluster ON DELETE CASCADE,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    -- Orleans' SiloStatus: 1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead.
    status integer NOT NULL,
    -- Of the gateway for clients; 0 is none.
    proxy_port integer NOT NULL,
    -- Who suspects it of being dead, and since when, in Orleans' own notation.
    suspect_times text,
    start_time timestamptz NOT NULL,
    i_am_alive_time timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES

-- True if this call made the cluster's first version.
('InsertMembershipVersionKey', $query$
WITH created AS (
    INSERT INTO orleans_cluster (cluster_id, version)
    VALUES (@DeploymentId, 0)
    ON CONFLICT DO NOTHING
    RETURNING 1
)
SELECT EXISTS (SELECT FROM created)
$query$),

-- True if the version was the one expected and the silo is new. The row of orleans_cluster is the lock: a second caller with the
-- same version waits here for the first, then finds the version raised and changes nothing.
('InsertMembershipKey', $query$
WITH raised AS (
    UPDATE orleans_cluster
    SET version = version + 1
    WHERE cluster_id = @DeploymentId
        AND version = @Version
        AND NOT EXISTS (
            SELECT FROM orleans_silo
            WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster_id
), inserted AS (
    INSERT INTO orleans_silo (
        cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time)
    SELECT
        cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    FROM raised
    RETURNING 1
)
SELECT EXISTS (SELECT FROM inserted)
$query$),

-- True if the version was the one expected and the silo is there. Whoever suspects a silo writes back the time at which that silo
-- last said that it was alive, as he read it; what the silo has said since then stays.
('UpdateMembershipKey', $query$
WITH raised AS (
    UPDATE orleans_cluster
    SET version = version + 1
    WHERE cluster_id = @DeploymentId
        AND version = @Version
        AND EXISTS (
            SELECT FROM orleans_silo
            WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster_id
), updated AS (
    UPDATE orleans_silo AS silo
    SET status = @Status,
        suspect_times = @SuspectTimes,
        i_am_alive_time = greatest(silo.i_am_alive_time, @IAmAliveTime)
    FROM raised
    WHERE silo.cluster_id = raised.cluster_id AND address = @Address AND port = @Port AND generation = @Generation
    RETURNING 1
)
SELECT EXISTS (SELECT FROM updated)
$query$),

-- A silo's own sign of life changes nothing that others decide on, so it leaves the version alone.
('UpdateIAmAlivetimeKey', $query$
UPDATE orleans_silo
SET i_am_alive_time = @IAmAliveTime
WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$query$),

-- Version and silos in one statement are of one moment. The version comes also where there is no silo, in a row without one.
('MembershipReadAllKey', $query$
SELECT
    address AS Address, port AS Port, generation AS Generation, silo_name AS SiloName, host_name AS HostName, status AS Status,
    proxy_port AS ProxyPort, suspect_times AS SuspectTimes, start_time AS StartTime, i_am_alive_time AS IAmAliveTime,
    version AS Version
FROM orleans_cluster LEFT JOIN orleans_silo USING (cluster_id)
WHERE cluster_id = @DeploymentId
$query$),

('MembershipReadRowKey', $query$
SELECT
    address AS Address, port AS Port, generation AS Generation, silo_name AS SiloName, host_name AS HostName, status AS Status,
    proxy_port AS ProxyPort, suspect_times AS SuspectTimes, start_time AS StartTime, i_am_alive_time AS IAmAliveTime,
    version AS Version
FROM orleans_cluster AS cluster LEFT JOIN orleans_silo AS silo
    ON silo.cluster_id = cluster.cluster_id AND address = @Address AND port = @Port AND generation = @Generation
WHERE cluster.cluster_id = @DeploymentId
$query$),

-- Where clients may connect.
('GatewaysQueryKey', $query$
SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
FROM orleans_silo
WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
$query$),

('DeleteMembershipTableEntriesKey', $query$
DELETE FROM orleans_cluster WHERE cluster_id = @DeploymentId
$query$),

-- Only what is dead: silos that have yet to join or are on their way out are still watched by others. Up to and including the
-- time: Orleans asks for a tick after the last one that may go, which is less than this column tells apart.
('CleanupDefunctSiloEntriesKey', $query$
DELETE FROM orleans_silo
WHERE cluster_id = @DeploymentId AND status = 6 AND i_am_alive_time <= @IAmAliveTime
$query$);
