package dev.tiercel.resource;

import dev.tiercel.resource.CloseReport.Entry;
import dev.tiercel.resource.CloseReport.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes what it was given, last in first out, every one of them, whatever fails.
 *
 * <pre>{@code
 * try (ResourceManager resources = ResourceManager.named("import")) {
 *   Connection source = resources.register(open());
 *   resources.onClose("scratch file", () -> Files.delete(scratch));
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads. Nothing is locked while a resource is being closed, so
 * closing it may use the manager; what it registers is closed in the same pass. A resource that is
 * registered twice is closed twice. No argument may be null.
 *
 * <p>A manager that becomes garbage with resources in it, without having been closed, is logged as
 * a warning with the place that created it. Its resources are left alone.
 */
public final class ResourceManager implements AutoCloseable {
  private final String name;
  private final Closer closer;
  private final @Nullable LeakWatch leak; // Null for a child: whoever leaks it leaks its parent.
  private final Once closing = new Once();
  private final Object lock = new Object();

  // Mutable state, guarded by: lock
  private final TreeMap<Long, Registration> open = new TreeMap<>();
  private final List<Entry> ended = new ArrayList<>();
  private long registered;
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private boolean closed;
  private @Nullable Handle inParent;

  /** Creates a manager called "resources", without a time limit. */
  public ResourceManager() {
    this("resources", Closer.DIRECT, LeakWatch.LOG);
  }

  ResourceManager(String name, Closer closer, @Nullable BiConsumer<String, Throwable> leaks) {
    this.name = Objects.requireNonNull(name, "name must not be null");
    this.closer = closer;
    this.leak = leaks == null ? null : LeakWatch.ofHolder(this, name, leaks);
  }

  /**
   * Creates a manager without a time limit.
   *
   * @param name what messages call it
   * @return the manager
   */
  public static ResourceManager named(String name) {
    return new ResourceManager(name, Closer.DIRECT, LeakWatch.LOG);
  }

  /**
   * Creates a manager that goes on when a resource takes too long. Each one is closed on a daemon
   * thread of its own, which is interrupted when its time is over, and then left to itself.
   *
   * @param name what messages call it
   * @param limit how long closing one resource may take; positive
   * @return the manager
   * @throws IllegalArgumentException if the limit is zero or negative
   */
  public static ResourceManager withTimeLimit(String name, Duration limit) {
    Objects.requireNonNull(limit, "limit must not be null");
    return new ResourceManager(name, new TimeLimit(limit), LeakWatch.LOG);
  }

  /**
   * Takes charge of a resource. Another manager may be one; its own time limit applies to it then.
   *
   * @param resource the resource; messages call it by its class and identity
   * @param <T> its type
   * @return the resource
   * @throws IllegalArgumentException if the resource is this manager
   * @throws IllegalStateException if this manager is closed; the resource is closed before that is
   *     thrown, and a failure of that is suppressed in it
   */
  public <T extends AutoCloseable> T register(T resource) {
    Objects.requireNonNull(resource, "resource must not be null");
    if (resource == this) {
      throw new IllegalArgumentException("'" + name + "' cannot be registered in itself");
    }
    if (resource instanceof ResourceManager nested) {
      add(nested.name, () -> nested.closeAs(nested.name));
    } else {
      String identity = Integer.toHexString(System.identityHashCode(resource));
      onClose(resource.getClass().getName() + "@" + identity, resource::close);
    }
    return resource;
  }

  /**
   * Takes charge of whatever the action closes.
   *
   * @param name what messages call it
   * @param action the action
   * @return closes it before its turn, or takes it out again
   * @throws IllegalStateException if this manager is closed; the action is run before that is
   *     thrown, and a failure of that is suppressed in it
   */
  public Handle onClose(String name, CloseAction action) {
    Objects.requireNonNull(name, "name must not be null");
    Objects.requireNonNull(action, "action must not be null");
    return add(name, () -> List.of(closer.close(name, action)));
  }

  /**
   * Creates a manager that is closed with this one, at its place in the order, or before, and is
   * then forgotten by this one. The time limit holds for each of its resources.
   *
   * @param name what messages call it, after the name of this manager
   * @return the child
   * @throws IllegalStateException if this manager is closed
   */
  public ResourceManager child(String name) {
    Objects.requireNonNull(name, "name must not be null");
    ResourceManager child = new ResourceManager(this.name + "/" + name, closer, null);
    Handle handle = add(name, () -> child.closeAs(name));
    synchronized (child.lock) {
      child.inParent = handle;
    }
    return child;
  }

  /**
   * Closes every resource, last in first out. Waits if another thread is doing that, and does
   * nothing if it is done; only the call that closes throws. A call that would wait for itself,
   * because it comes from closing one of the resources, returns at once.
   *
   * <p>A pending interrupt of the calling thread does not reach the resources; it is pending again
   * on return, as it is when closing one of them threw {@link InterruptedException}.
   *
   * @throws ResourceCloseException if a resource failed with a checked exception or took too long.
   *     Unchecked exceptions and errors are thrown as they are. It is the first failure that is
   *     thrown; the others are suppressed in it, and all of them are in the {@link #report}
   */
  @Override
  public void close() {
    ResourceCloseException.throwFirst(new CloseReport(name, closeAll()));
  }

  /**
   * Tells what became of the resources.
   *
   * @return what {@link #close} closed so far; nothing before it began, everything once it returned
   */
  public CloseReport report() {
    synchronized (lock) {
      return new CloseReport(name, ended);
    }
  }

  /**
   * Counts what it did so far.
   *
   * @return a snapshot, of one moment
   */
  public ResourceStats stats() {
    synchronized (lock) {
      return new ResourceStats(
          name,
          registered,
          open.size(),
          outcomes.getOrDefault(Outcome.CLOSED, 0L),
          outcomes.getOrDefault(Outcome.FAILED, 0L),
          outcomes.getOrDefault(Outcome.TIMED_OUT, 0L));
    }
  }

  /** Closes like {@link #close}, but returns the failures; empty if this call did not close. */
  private List<Entry> closeAll() {
    return closing.run(this::closeEach) ? report().entries() : List.of();
  }

  private List<Entry> closeAs(String nested) {
    return closeAll().stream().map(entry -> entry.within(nested)).toList();
  }

  private void closeEach() {
    if (leak != null) {
      leak.close();
    }
    for (Registration last = takeLast(); last != null; last = takeLast()) {
      List<Entry> entries = last.close();
      synchronized (lock) {
        ended.addAll(entries);
      }
    }
    Handle place;
    synchronized (lock) {
      place = inParent;
    }
    if (place != null) {
      place.detach();
    }
  }

  /** The next to be closed; with the last one gone, the manager counts as closed. */
  private @Nullable Registration takeLast() {
    synchronized (lock) {
      Map.Entry<Long, Registration> last = open.pollLastEntry();
      closed = last == null;
      return last == null ? null : last.getValue();
    }
  }

  private Registration add(String what, Supplier<List<Entry>> part) {
    Registration added;
    synchronized (lock) {
      added = new Registration(this, ++registered, what, part);
      if (!closed) {
        open.put(registered, added);
        tellLeak();
        return added;
      }
    }
    IllegalStateException refusal =
        new IllegalStateException("'" + name + "' is closed, so '" + what + "' was closed at once");
    new CloseReport(what, added.close())
        .failures()
        .forEach(entry -> refusal.addSuppressed(entry.failure()));
    throw refusal;
  }

  void count(List<Entry> entries) {
    synchronized (lock) {
      entries.forEach(entry -> outcomes.merge(entry.outcome(), 1L, Long::sum));
    }
  }

  void forget(long number) {
    synchronized (lock) {
      open.remove(number);
      tellLeak();
    }
  }

  /** Called under the lock. */
  private void tellLeak() {
    if (leak != null) {
      leak.holds(open.size());
    }
  }
}
