-- Which silos there are. All changes to one cluster's silos are serialised by its version: who wants to change a row says which
-- version he has read, and raises it in the same statement, so of two who have read the same version one is refused.

CREATE TABLE orleanschat.clusters (
    cluster_id text PRIMARY KEY,
    version    integer NOT NULL
);

-- A silo that starts again is another silo: its generation, the time of its start, is part of its address.
CREATE TABLE orleanschat.silos (
    cluster_id      text NOT NULL REFERENCES orleanschat.clusters ON DELETE CASCADE,
    address         text NOT NULL,
    port            integer NOT NULL,
    generation      integer NOT NULL,
    silo_name       text NOT NULL,
    host_name       text NOT NULL,
    -- Orleans' SiloStatus: 1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead.
    status          integer NOT NULL,
    -- Of the gateway for clients; 0 is none.
    proxy_port      integer NOT NULL,
    -- Who suspects it of being dead, and since when, in Orleans' own notation.
    suspect_times   text,
    start_time      timestamptz NOT NULL,
    i_am_alive_time timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation)
);

INSERT INTO orleanschat.OrleansQuery (QueryKey, QueryText) VALUES

-- True if this call made the cluster's first version.
('InsertMembershipVersionKey', $query$
WITH created AS (
    INSERT INTO orleanschat.clusters (cluster_id, version)
    VALUES (@DeploymentId, 0)
    ON CONFLICT DO NOTHING
    RETURNING 1
)
SELECT EXISTS (SELECT FROM created)
$query$),

-- True if the version was the one expected and the silo is new. The cluster's row is the lock: a second caller with the same
-- version waits for the first, then finds the version raised and changes nothing.
('InsertMembershipKey', $query$
WITH raised AS (
    UPDATE orleanschat.clusters
    SET version = version + 1
    WHERE cluster_id = @DeploymentId
        AND version = @Version
        AND NOT EXISTS (
            SELECT FROM orleanschat.silos
            WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster_id
), inserted AS (
    INSERT INTO orleanschat.silos (
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
    UPDATE orleanschat.clusters
    SET version = version + 1
    WHERE cluster_id = @DeploymentId
        AND version = @Version
        AND EXISTS (
            SELECT FROM orleanschat.silos
            WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster_id
), updated AS (
    UPDATE orleanschat.silos AS silo
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
UPDATE orleanschat.silos
SET i_am_alive_time = @IAmAliveTime
WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$query$),

-- Version and silos in one statement are of one moment. The version comes also where there is no silo, in a row without one.
('MembershipReadAllKey', $query$
SELECT
    address AS Address, port AS Port, generation AS Generation, silo_name AS SiloName, host_name AS HostName, status AS Status,
    proxy_port AS ProxyPort, suspect_times AS SuspectTimes, start_time AS StartTime, i_am_alive_time AS IAmAliveTime,
    version AS Version
FROM orleanschat.clusters LEFT JOIN orleanschat.silos USING (cluster_id)
WHERE cluster_id = @DeploymentId
$query$),

('MembershipReadRowKey', $query$
SELECT
    address AS Address, port AS Port, generation AS Generation, silo_name AS SiloName, host_name AS HostName, status AS Status,
    proxy_port AS ProxyPort, suspect_times AS SuspectTimes, start_time AS StartTime, i_am_alive_time AS IAmAliveTime,
    version AS Version
FROM orleanschat.clusters AS cluster LEFT JOIN orleanschat.silos AS silo
    ON silo.cluster_id = cluster.cluster_id AND address = @Address AND port = @Port AND generation = @Generation
WHERE cluster.cluster_id = @DeploymentId
$query$),

-- Where clients may connect.
('GatewaysQueryKey', $query$
SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
FROM orleanschat.silos
WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
$query$),

('DeleteMembershipTableEntriesKey', $query$
DELETE FROM orleanschat.clusters WHERE cluster_id = @DeploymentId
$query$),

-- Only what is dead: silos that have yet to join or are on their way out are still watched by others. Up to and including the
-- time: Orleans asks for a tick after the last one that may go, which is less than this column tells apart.
('CleanupDefunctSiloEntriesKey', $query$
DELETE FROM orleanschat.silos
WHERE cluster_id = @DeploymentId AND status = 6 AND i_am_alive_time <= @IAmAliveTime
$query$);
