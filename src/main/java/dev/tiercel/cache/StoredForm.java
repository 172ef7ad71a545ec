package dev.tiercel.cache;

import dev.tiercel.cache.Entry.Lifetime;
import dev.tiercel.tier.TierRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the entries of a cache lie in the tiers below memory: encoded by its codec, with times and an
 * order that outlive the process. Thread-safe.
 */
final class StoredForm {
  private static final Logger LOG = LoggerFactory.getLogger(StoredForm.class);
  private static final long NO_FINGERPRINT = 0;
  private static final int ORDER_BITS = 10;
  private static final long CLOCKS_DIFFER = 1_000;

  /** What is kept of a key whose value is gone. */
  private static final byte[] NOTHING = {};

  private final Codec codec;
  private final Ledger ledger;
  private final CoarseClock clock;

  /** Stored times outlive this clock, which begins anew when the machine does. */
  private final long epoch;

  private final Map<TypeRef<?>, Long> fingerprints = new ConcurrentHashMap<>();

  /*
   * Of two records under one key the one of the greater order stays. A stamp alone would not do: after
   * a backup was restored the numbers begin again below those in the tiers, and nothing that is loaded
   * then could replace what is void. So the order begins with when the tiers were opened; there are
   * not a thousand commits in a microsecond.
   */
  private final long orderOfNothing;

  StoredForm(Codec codec, Ledger ledger, CoarseClock clock) {
    this.codec = codec;
    this.ledger = ledger;
    this.clock = clock;
    this.epoch = clock.epoch();
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    this.orderOfNothing = (micros << ORDER_BITS) - ledger.seq();
  }

  /** Whether values of a type can be stored; others live in memory only. */
  boolean isStorable(TypeRef<?> type) {
    return fingerprint(type) != NO_FINGERPRINT;
  }

  private long fingerprint(TypeRef<?> type) {
    Long known = fingerprints.get(type);
    return known != null ? known : fingerprints.computeIfAbsent(type, this::firstFingerprint);
  }

  private long firstFingerprint(TypeRef<?> type) {
    try {
      long found = codec.fingerprint(type);
      return found == NO_FINGERPRINT ? 1 : found;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.warn("values of {} are kept in memory only: {}", type, e.getMessage());
      return NO_FINGERPRINT;
    }
  }

  /** The record of an entry, or of a key whose value is gone; null if it cannot be encoded. */
  @Nullable TierRecord encode(Object key, Entry entry) {
    if (entry.value == null) {
      return new TierRecord(Keys.text(key), order(entry.loadStamp), Long.MAX_VALUE, NOTHING);
    }
    try {
      TypeRef<?> type = entry.type();
      byte[] value = codec.encode(Objects.requireNonNull(entry.value), type);
      byte[] bytes =
          StoredEntry.encode(entry, ledger.session(), codec, fingerprint(type), value, epoch);
      return new TierRecord(Keys.text(key), order(entry.loadStamp), expiresAt(entry), bytes);
    } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
      return null;
    }
  }

  /** Whether a record holds a value. */
  static boolean isValue(TierRecord record) {
    return record.bytes() != NOTHING;
  }

  private long expiresAt(Entry entry) {
    return entry.expiresAt() >= Entry.NEVER ? Long.MAX_VALUE : entry.expiresAt() + epoch;
  }

  /** The order of what was loaded at a stamp. */
  long order(long stamp) {
    return orderOfNothing + stamp;
  }

  /** The entry of this codec and type that a record holds; null if it holds something else. */
  @Nullable StoredEntry decode(TierRecord record, TypeRef<?> type) {
    StoredEntry stored = StoredEntry.decode(record.bytes());
    return stored != null
            && stored.fingerprint() == fingerprint(type)
            && stored.codec().equals(codec.id())
        ? stored
        : null;
  }

  /** The value of a stored entry, or null if its bytes are none. */
  @Nullable Object value(StoredEntry stored, TypeRef<?> type) {
    try {
      return codec.decode(stored.bytes(), stored.valueAt(), stored.valueLength(), type);
    } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
      return null;
    }
  }

  /** The times of what is stored, by the clock of this cache. */
  Lifetime lifetime(StoredEntry stored) {
    return stored.lifetime().shifted(-epoch);
  }

  /** Whether what is stored was to be served until some moment of the past. */
  boolean isExpired(Lifetime lifetime) {
    long now = clock.millis();
    // What was made in the future was made before the clock was set back, who knows when.
    return now >= lifetime.freshUntil()
        || (lifetime.expiresAt() < Entry.NEVER && lifetime.madeAt() > now + CLOCKS_DIFFER);
  }
}
