package dev.tiercel.cache;

import dev.tiercel.sqlite.RowChange;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Keeps what was written when, so that a cached value can be told current or not by its stamp.
 * Every write goes through it: either as a {@link PendingWrite}, or, in the durable form, inside
 * the transaction that changes the data.
 *
 * <p>Thread-safe.
 */
public abstract sealed class Ledger implements AutoCloseable permits InMemoryLedger, SqliteLedger {
  final Versions versions = new Versions();
  private final List<Registration> caches = new CopyOnWriteArrayList<>();

  Ledger() {}

  /**
   * A ledger that lives as long as the process, in front of any repository. It knows the writes of
   * this process only.
   *
   * @return the ledger
   */
  public static Ledger inMemory() {
    return new InMemoryLedger();
  }

  /**
   * A ledger in the task database itself: each commit notes in its own transaction what it changed.
   * It is given to the database before that is opened, by {@code
   * builder.journal(ledger.journal())}, and is open from then on.
   *
   * @param tagsOf the tags of a changed row: those of the row as it was, and of the row as it is.
   *     It runs inside the commit, on the thread of any writer, and must neither write nor
   *     invalidate; if it throws, every write of the group is rolled back and gets that exception
   * @return the ledger, not yet open
   */
  public static SqliteLedger durable(Function<RowChange, ? extends Collection<Tag>> tagsOf) {
    return new SqliteLedger(Objects.requireNonNull(tagsOf, "tagsOf must not be null"));
  }

  /**
   * The ledger of a cache, for what writes behind it.
   *
   * @param cache the cache
   * @return its ledger
   */
  public static Ledger of(TieredCache cache) {
    return cache.ledger();
  }

  /**
   * Tells the loader at work on this thread, if there is one for a cache on this ledger, what its
   * value depends on beside what it read from caches.
   *
   * @param tags the tags
   * @return whether there is such a loader
   */
  public final boolean dependsOn(Tags tags) {
    return LoadFrame.depends(
        this, TagSet.of(Objects.requireNonNull(tags, "tags must not be null")));
  }

  /**
   * Tells the loader at work on this thread, if there is one for a cache on this ledger, that its
   * value depends on something that no tag names, or that may be rolled back: the value is handed
   * to its caller, and neither cached nor shared, and so is what is made of it.
   */
  public final void dependsOnUnknown() {
    LoadFrame.spoil(this);
  }

  /**
   * The number of the newest commit that this process knows.
   *
   * @return the number; it never falls
   */
  public final long seq() {
    return versions.seq();
  }

  /**
   * Announces a write that this ledger does not see itself. Until it ends, nothing that carries one
   * of the tags is served from a cache or filled into it.
   *
   * @param tags what the write changes
   * @return the write under way, to be ended whatever happens
   */
  public PendingWrite begin(Tags tags) {
    return new PendingWrite(this, Raise.tags(tags.list()));
  }

  /**
   * Commits what is to be void; returns the number of the commit, which is known when it returns.
   */
  abstract long raise(Raise raise);

  /** The number of this session, which stored entries carry beside their stamp. */
  abstract long session();

  /** Whether a stored stamp belongs to a commit that is known here; if not, it proves nothing. */
  abstract boolean isKnown(long session, long stamp);

  /** Whether stored stamps may be of use after a restart. */
  abstract boolean isDurable();

  /** Whether this thread is inside a transaction, so that what it reads may never be committed. */
  abstract boolean isInsideTransaction();

  /** Commits the end of a write that was marked. */
  abstract void commit(Raise marked, Raise raised);

  /**
   * Adds a place that keeps entries.
   *
   * @param sweptTo below it, no ban is needed there any more
   * @param sweeper called when there is something to sweep that the place did not ask for itself
   */
  final Registration register(AtomicLong sweptTo, LongConsumer sweeper) {
    Registration registration = new Registration(sweptTo, sweeper);
    synchronized (caches) { // No ban is forgotten by those who did not see it.
      caches.add(registration);
    }
    return registration;
  }

  /** A place that keeps entries, until it is closed. */
  final class Registration implements AutoCloseable {
    private final AtomicLong sweptTo;
    private final LongConsumer sweeper;

    private Registration(AtomicLong sweptTo, LongConsumer sweeper) {
      this.sweptTo = sweptTo;
      this.sweeper = sweeper;
    }

    @Override
    public void close() {
      caches.remove(this);
      dropBans();
    }
  }

  /** Lets every place sweep what older bans hit, except those that do so anyway. */
  final void sweepOthers(long upTo, List<Registration> own) {
    for (Registration each : caches) {
      if (!own.contains(each)) {
        each.sweeper.accept(upTo);
      }
    }
  }

  /** Forgets the bans that every place has swept. */
  final void dropBans() {
    synchronized (caches) {
      long everywhere = versions.seq();
      for (Registration each : caches) {
        everywhere = Math.min(everywhere, each.sweptTo.get());
      }
      versions.dropBans(everywhere);
    }
  }

  /** Ends the ledger; the caches on it serve nothing any more. */
  @Override
  public abstract void close();
}
