package dev.tiercel.resource;

import java.lang.ref.Cleaner;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.slf4j.LoggerFactory;

/**
 * Tells that something became garbage without having been closed, and which place opened it.
 *
 * <pre>{@code
 * public final class Door implements AutoCloseable {
 *   private final LeakWatch leak = LeakWatch.of(this, "the door");
 *
 *   public void close() {
 *     leak.close();
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>It does not keep its owner alive. Nothing that lives longer than the owner may reach the
 * owner, such as a thread of its own: what never becomes garbage is never told. The place costs one
 * stack trace, so it is for what is opened seldom. Safe for use by any number of threads.
 */
public final class LeakWatch implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();
  static final BiConsumer<String, Throwable> LOG = LoggerFactory.getLogger(LeakWatch.class)::warn;

  private final Watched watched;
  private final Cleaner.Cleanable watch;

  private LeakWatch(Object owner, Watched watched) {
    this.watched = watched;
    watch = CLEANER.register(owner, watched);
  }

  /**
   * Begins to watch, to log a warning with the place that called this.
   *
   * @param owner what is to be closed some day
   * @param what what the warning calls it
   * @return the watch, to be closed when the owner is
   */
  public static LeakWatch of(Object owner, String what) {
    return of(owner, what, LOG);
  }

  /**
   * Begins to watch.
   *
   * @param owner what is to be closed some day
   * @param what what the message calls it: {@code 'import' was never closed}
   * @param report is told the message and the place that called this, as a stack trace, on a thread
   *     of all watches; it must not reach the owner, and what it throws is lost
   * @return the watch, to be closed when the owner is
   */
  public static LeakWatch of(Object owner, String what, BiConsumer<String, Throwable> report) {
    return of(owner, what, report, 1);
  }

  /** The same for what is only told once it {@linkplain #holds holds} something. */
  static LeakWatch ofHolder(Object owner, String what, BiConsumer<String, Throwable> report) {
    return of(owner, what, report, 0);
  }

  private static LeakWatch of(
      Object owner, String what, BiConsumer<String, Throwable> report, int held) {
    Objects.requireNonNull(owner, "owner must not be null");
    Objects.requireNonNull(what, "what must not be null");
    Objects.requireNonNull(report, "report must not be null");
    return new LeakWatch(owner, new Watched(what, report, held));
  }

  /** How much the owner holds now; called under its lock. */
  void holds(int resources) {
    watched.held = resources;
    watched.counts = true;
  }

  /** The owner is being closed: nothing is told any more. Closing again does nothing. */
  @Override
  public void close() {
    watched.ended = true;
    watch.clean();
  }

  /** What is told; it must not reach the owner. */
  private static final class Watched implements Runnable {
    private final Throwable place = new Throwable("opened here");
    private final String what;
    private final BiConsumer<String, Throwable> report;
    private volatile int held;
    private volatile boolean counts;
    private volatile boolean ended;

    Watched(String what, BiConsumer<String, Throwable> report, int held) {
      this.what = what;
      this.report = report;
      this.held = held;
    }

    @Override
    public void run() {
      if (!ended && held > 0) {
        String holds = counts ? " and still holds " + held : "";
        report.accept("'" + what + "' was never closed" + holds, place);
      }
    }
  }
}
