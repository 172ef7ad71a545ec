-- Tiercel, the ledger of the caches: each commit appends what it changed, so that no cached result
-- outlives it. Made where a ledger is used, whatever the schema version; may be run again.
CREATE TABLE IF NOT EXISTS tiercel_log (
  seq     INTEGER NOT NULL PRIMARY KEY,
  session INTEGER NOT NULL,
  tags    BLOB    NOT NULL
) STRICT;
