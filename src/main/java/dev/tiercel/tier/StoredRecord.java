package dev.tiercel.tier;

/**
 * A record as it was found in a segment.
 *
 * @param offset where
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record StoredRecord(int offset, RecordHeader header, EncodedKey key, byte[] bytes) {
  TierRecord toRecord() {
    return toRecord(key.text());
  }

  /** The same where the text of the key is known. */
  TierRecord toRecord(String text) {
    return new TierRecord(text, header.order(), header.expiresAt(), bytes);
  }

  long place(int slot) {
    return Place.of(slot, offset, header.aligned());
  }

  /** The first offset behind it. */
  int end() {
    return offset + header.aligned();
  }
}
