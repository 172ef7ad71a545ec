package dev.tiercel.tier;

/**
 * What a {@link CacheTier} keeps under a key.
 *
 * @param key the text of the key
 * @param order tells the older of two records under one key
 * @param expiresAt when it is of no more use, in milliseconds since 1970; {@link Long#MAX_VALUE}
 *     for never
 * @param bytes everything else; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy would cost more.
public record TierRecord(String key, long order, long expiresAt, byte[] bytes) {}
