package dev.tiercel.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A cached value with everything that says whether it may be served. Only the stamp and the times
 * of freshness and reading change; racing changes of them lose nothing but an early look.
 */
class Entry {
  /** What never expires does so then. */
  static final long NEVER = Long.MAX_VALUE / 2;

  /** What depends on something without tags is over then: it is handed to nobody else. */
  static final long SPOILED = Long.MIN_VALUE;

  private static final VarHandle STAMP;

  static {
    try {
      STAMP = MethodHandles.lookup().findVarHandle(Entry.class, "stamp", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The value; null if there is none, or if the loader failed. */
  final @Nullable Object value;

  private final TypeRef<?> type;

  final TagSet tags;

  /** The sequence before the load. */
  final long loadStamp;

  @SuppressWarnings("UnusedVariable") // Through STAMP.
  private long stamp;

  private final long expiresAt;

  /** From the end of its freshness to its expiry, in milliseconds; negative if it is spared. */
  private int earlyMillis;

  private final int madeAtSecond;

  Entry(@Nullable Object value, TypeRef<?> type, TagSet tags, long loadStamp, Lifetime lifetime) {
    this.value = value;
    this.type = type;
    this.tags = tags;
    this.loadStamp = loadStamp;
    this.expiresAt = lifetime.expiresAt();
    this.earlyMillis = earlyMillis(lifetime.freshUntil());
    this.madeAtSecond = (int) (lifetime.madeAt() / 1_000);
    STAMP.setOpaque(this, loadStamp);
  }

  /**
   * When an entry stops being served, in milliseconds of the cache's clock.
   *
   * @param madeAt when its load began
   * @param freshUntil when it should be loaded anew, at the latest when it expires
   * @param expiresAt when it expires
   * @param failSafeMillis for how long after that it is a last resort
   * @param idleMillis for how long it is kept unread, or 0
   */
  record Lifetime(
      long madeAt, long freshUntil, long expiresAt, int failSafeMillis, int idleMillis) {
    /** The same for an entry that goes when nobody reads it for a while. */
    Lifetime idle(int millis) {
      return new Lifetime(madeAt, freshUntil, expiresAt, failSafeMillis, millis);
    }

    /** The same by a clock that is ahead by so much; what never ends does not. */
    Lifetime shifted(long by) {
      return new Lifetime(
          madeAt + by, shifted(freshUntil, by), shifted(expiresAt, by), failSafeMillis, idleMillis);
    }

    private static long shifted(long time, long by) {
      return time >= NEVER ? NEVER : time + by;
    }

    /** The same, but over at a time at the latest. */
    Lifetime until(long latest) {
      return latest >= expiresAt
          ? this
          : new Lifetime(madeAt, Math.min(freshUntil, latest), latest, failSafeMillis, idleMillis);
    }
  }

  /** Remembers that a loader failed. */
  static final class Failure extends Entry {
    private final Throwable cause;
    private final int times;
    private final int knownMillis;
    private final long readUntil;

    Failure(
        Throwable cause,
        int times,
        TypeRef<?> type,
        TagSet tags,
        long loadStamp,
        Lifetime lifetime,
        long readUntil) {
      super(null, type, tags, loadStamp, lifetime);
      this.cause = cause;
      this.times = times;
      this.knownMillis = lifetime.failSafeMillis();
      this.readUntil = readUntil;
    }

    @Override
    int failSafeMillis() {
      return knownMillis;
    }

    /**
     * When the first of what its loader had read expires. What is made without the value depends on
     * that, and not on how long the failure is remembered.
     */
    long readUntil() {
      return readUntil;
    }

    int times() {
      return times;
    }

    @Override
    Throwable failure() {
      return cause;
    }
  }

  /** What its loader threw, if it failed. */
  @Nullable Throwable failure() {
    return null;
  }

  final TypeRef<?> type() {
    return type;
  }

  long stamp() {
    return (long) STAMP.getOpaque(this);
  }

  void revalidated(long at) {
    STAMP.setOpaque(this, at);
  }

  /** Whether it is of a type; types are interned. */
  @SuppressWarnings("ReferenceEquality")
  final boolean isOf(TypeRef<?> other) {
    return type == other;
  }

  /** Whether time alone lets it be served. */
  final boolean isFresh(long now) {
    return now < expiresAt - earlyMillis;
  }

  final long expiresAt() {
    return expiresAt;
  }

  final boolean isExpired(long now) {
    return now >= expiresAt;
  }

  final boolean isSpoiled() {
    return expiresAt == SPOILED;
  }

  /** Whether it is past its last use, even as a last resort. */
  final boolean isOver(long now) {
    return now - failSafeMillis() >= expiresAt || isIdle(now);
  }

  /** For how long after its expiry it is a last resort. */
  int failSafeMillis() {
    return 0;
  }

  /** Serves it for a while longer, because a load failed or is under way. */
  final void spare(long until) {
    earlyMillis = earlyMillis(Math.min(until, expiresAt + failSafeMillis()));
  }

  /* A refresh that was due earlier than an int can say is due then. */
  private int earlyMillis(long freshUntil) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, expiresAt - freshUntil));
  }

  boolean isIdle(long now) {
    return false;
  }

  /** Notes that it was read. */
  void read(long now) {}

  /** When it was read last, or {@link #NEVER} if it was not, or if nobody notes that. */
  long readAt() {
    return NEVER;
  }

  final long madeAt() {
    return madeAtSecond * 1_000L;
  }

  /** Its times, without what is said of its readers. */
  final Lifetime lifetime() {
    return new Lifetime(madeAt(), expiresAt - earlyMillis, expiresAt, failSafeMillis(), 0);
  }

  /** The same value with more tags, as of its load. */
  final Entry with(TagSet more, int idleMillis, long now) {
    return of(
        value,
        type,
        tags.and(more),
        loadStamp,
        new Lifetime(madeAt(), expiresAt - earlyMillis, expiresAt, failSafeMillis(), idleMillis),
        now);
  }

  static Entry of(
      @Nullable Object value,
      TypeRef<?> type,
      TagSet tags,
      long loadStamp,
      Lifetime lifetime,
      long now) {
    return lifetime.idleMillis() == 0 && lifetime.failSafeMillis() == 0
        ? new Entry(value, type, tags, loadStamp, lifetime)
        : new TimedEntry(value, type, tags, loadStamp, lifetime, now);
  }

  /** An entry that also goes when nobody reads it, or stays a while as a last resort. */
  private static final class TimedEntry extends Entry {
    private final int failSafeMillis;
    private final int idleMillis;

    /* Until it is read, the complement of when it came. */
    private long readAt;

    TimedEntry(
        @Nullable Object value,
        TypeRef<?> type,
        TagSet tags,
        long loadStamp,
        Lifetime lifetime,
        long now) {
      super(value, type, tags, loadStamp, lifetime);
      this.failSafeMillis = lifetime.failSafeMillis();
      this.idleMillis = lifetime.idleMillis();
      this.readAt = ~now;
    }

    @Override
    int failSafeMillis() {
      return failSafeMillis;
    }

    @Override
    boolean isIdle(long now) {
      long since = readAt < 0 ? ~readAt : readAt;
      return idleMillis > 0 && now - since >= idleMillis;
    }

    @Override
    void read(long now) {
      if (readAt != now) { // Else many threads would write to it all the time.
        readAt = now;
      }
    }

    @Override
    long readAt() {
      return readAt < 0 ? NEVER : readAt;
    }
  }
}
