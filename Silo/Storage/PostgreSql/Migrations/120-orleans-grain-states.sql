-- What grains keep through Orleans' grain storage: who subscribes to which stream. The version is the etag. Orleans hands over
-- hashes of type and key too, for databases that cannot index text of this length.

CREATE TABLE orleanschat.grain_states (
    service_id  text NOT NULL,
    grain_type  text NOT NULL,
    -- A grain's key is a GUID in two halves, a number in the second one, or neither; with any of them may come a text.
    key_n0      bigint NOT NULL,
    key_n1      bigint NOT NULL,
    key_text    text NOT NULL,
    -- Null once it was cleared.
    payload     bytea,
    version     integer NOT NULL,
    modified_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (service_id, grain_type, key_text, key_n0, key_n1)
);

INSERT INTO orleanschat.OrleansQuery (QueryKey, QueryText) VALUES

('ReadFromStorageKey', $query$
SELECT payload AS PayloadBinary, version AS Version
FROM orleanschat.grain_states
WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
    AND key_text = coalesce(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
$query$),

-- Who has never read a version may only insert, whoever has may only update that one. The new version, or no row for whoever is
-- too late.
('WriteToStorageKey', $query$
WITH updated AS (
    UPDATE orleanschat.grain_states
    SET payload = @PayloadBinary, version = version + 1, modified_at = now()
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
        AND key_text = coalesce(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
        AND version = @GrainStateVersion
    RETURNING version
), inserted AS (
    INSERT INTO orleanschat.grain_states (service_id, grain_type, key_text, key_n0, key_n1, payload, version)
    SELECT @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString, ''), @GrainIdN0, @GrainIdN1, @PayloadBinary, 1
    WHERE @GrainStateVersion IS NULL
    ON CONFLICT DO NOTHING
    RETURNING version
)
SELECT version AS NewGrainStateVersion FROM updated
UNION ALL
SELECT version AS NewGrainStateVersion FROM inserted
$query$),

-- Clears what the grain keeps, but goes on counting its versions.
('ClearStorageKey', $query$
UPDATE orleanschat.grain_states
SET payload = NULL, version = version + 1, modified_at = now()
WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
    AND key_text = coalesce(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
    AND version = @GrainStateVersion
RETURNING version AS NewGrainStateVersion
$query$),

-- Forgets the grain. Orleans takes the version for that of a write, which has to differ from the one before.
('DeleteStorageKey', $query$
DELETE FROM orleanschat.grain_states
WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
    AND key_text = coalesce(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
    AND version = @GrainStateVersion
RETURNING version + 1 AS NewGrainStateVersion
$query$);
