package dev.tiercel.tier;

/** A record on its way into a {@link SqliteTier}. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record SqliteRow(long hash, byte[] key, TierRecord record) {
  static SqliteRow of(TierRecord record) {
    EncodedKey key = EncodedKey.of(record.key());
    return new SqliteRow(key.hash(), key.bytes(), record);
  }

  long size() {
    return (long) key.length + record.bytes().length;
  }
}
