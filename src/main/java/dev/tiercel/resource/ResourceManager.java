package dev.tiercel.resource;

import dev.tiercel.resource.CloseReport.Entry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Closes what it was given, last in first out, every one of them, whatever fails.
 *
 * <p>Safe for use by any number of threads. Close actions run outside the manager's lock, so they
 * may use it; what they register is closed in the same pass. A manager that becomes unreachable
 * with resources still open is reported in the log, with the place that created it.
 */
public final class ResourceManager implements AutoCloseable {
  private enum State {
    OPEN,
    CLOSING,
    CLOSED
  }

  private final String name;
  private final @Nullable Duration limit;
  private final BiConsumer<String, Throwable> leaks;
  private final LeakWatch watch;
  private final Object lock = new Object();
  private final CountDownLatch done = new CountDownLatch(1);

  private final Deque<Registration> stack = new ArrayDeque<>(); // Guarded by: lock
  private final List<Entry> entries = new ArrayList<>(); // Guarded by: lock
  private State state = State.OPEN; // Guarded by: lock
  private @Nullable Thread closing; // Guarded by: lock

  /** Creates a manager without a name or a time limit. */
  public ResourceManager() {
    this("resources", null, LeakWatch.WARN);
  }

  ResourceManager(String name, @Nullable Duration limit, BiConsumer<String, Throwable> leaks) {
    this.name = Objects.requireNonNull(name, "name must not be null");
    this.limit = limit;
    this.leaks = leaks;
    this.watch = new LeakWatch(name, leaks);
    watch.watch(this);
  }

  /**
   * Creates a manager that names itself in messages.
   *
   * @param name the name
   * @return the manager
   */
  public static ResourceManager named(String name) {
    return new ResourceManager(name, null, LeakWatch.WARN);
  }

  /**
   * Creates a manager that goes on when a resource takes too long. Each resource is then closed on
   * a thread of its own, which is interrupted when its time is over and left alone.
   *
   * @param name the name
   * @param limit how long one resource may take; positive
   * @return the manager
   * @throws IllegalArgumentException if the limit is not positive
   */
  public static ResourceManager withTimeLimit(String name, Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("limit is " + limit + "; it must be positive");
    }
    return new ResourceManager(name, limit, LeakWatch.WARN);
  }

  /**
   * Registers a resource.
   *
   * @param resource the resource
   * @param <T> its type
   * @return the resource
   * @throws IllegalArgumentException if the resource is this manager
   * @throws IllegalStateException if the manager is closed; the resource is closed then
   */
  public <T extends AutoCloseable> T register(T resource) {
    Objects.requireNonNull(resource, "resource must not be null");
    if (resource == this) {
      throw new IllegalArgumentException("the manager " + name + " cannot close itself");
    }
    add(new Registration(resource.getClass().getName(), resource::close));
    return resource;
  }

  /**
   * Registers an action to be run at close.
   *
   * @param what the name of what it closes, for messages
   * @param action the action
   * @return the registration
   * @throws IllegalStateException if the manager is closed; the action is run then
   */
  public Handle onClose(String what, CloseAction action) {
    Objects.requireNonNull(what, "what must not be null");
    Objects.requireNonNull(action, "action must not be null");
    return add(new Registration(what, action));
  }

  /**
   * Creates a manager that is closed with this one, at its place in the order, and can be closed
   * before. It has the same time limit, which bounds each of its resources and not the whole.
   *
   * @param child the name
   * @return the manager
   * @throws IllegalStateException if this manager is closed
   */
  public ResourceManager child(String child) {
    ResourceManager inner = new ResourceManager(child, limit, leaks);
    Registration registration = new Registration(child, inner::close);
    registration.limited = false;
    add(registration);
    inner.add(new Registration(child + " leaves " + name, () -> registration.detach()));
    return inner;
  }

  private Registration add(Registration registration) {
    synchronized (lock) {
      if (state != State.CLOSED) {
        stack.push(registration);
        watch.opened();
        return registration;
      }
    }
    IllegalStateException refusal =
        new IllegalStateException(
            "the manager " + name + " is closed, so " + registration.what + " was closed at once");
    Throwable failure = registration.run().failure();
    if (failure != null) {
      refusal.addSuppressed(failure);
    }
    throw refusal;
  }

  /**
   * Closes everything, last in first out. A second call does nothing but wait for the first, unless
   * it comes from a close action. The thread's interrupt flag disturbs nothing and survives.
   *
   * @throws ResourceCloseException if closing a resource failed with a checked exception, or took
   *     too long. The first failure is thrown, unchecked ones and errors as they are, with the
   *     others suppressed; {@link #report} has them all
   */
  @Override
  public void close() {
    boolean mine;
    synchronized (lock) {
      if (state == State.CLOSED || closing == Thread.currentThread()) {
        return;
      }
      mine = state == State.OPEN;
      if (mine) {
        state = State.CLOSING;
        closing = Thread.currentThread();
      }
    }
    if (!mine) {
      if (!Closer.isCloser()) {
        awaitOther();
      }
      return;
    }
    try {
      closeAll();
    } finally {
      done.countDown();
    }
    throwFirst();
  }

  private void closeAll() {
    while (true) {
      Registration next;
      synchronized (lock) {
        next = stack.poll();
        if (next == null) {
          state = State.CLOSED;
          return;
        }
        watch.closed();
      }
      Entry entry = next.run();
      synchronized (lock) {
        entries.add(entry);
      }
    }
  }

  private void throwFirst() {
    List<Entry> failures = report().failures();
    if (failures.isEmpty()) {
      return;
    }
    Entry first = failures.get(0);
    Throwable thrown = Closer.asUnchecked(first);
    for (Entry more : failures.subList(1, failures.size())) {
      if (more.failure() != null && more.failure() != first.failure()) {
        thrown.addSuppressed(more.failure());
      }
    }
    Closer.rethrow(thrown);
  }

  private void awaitOther() {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What became of the resources so far.
   *
   * @return the report; empty before {@link #close}, complete when it has returned
   */
  public CloseReport report() {
    synchronized (lock) {
      return new CloseReport(name, entries);
    }
  }

  /** One resource on the stack. */
  private final class Registration implements Handle {
    private final String what;
    private final CloseAction action;
    private boolean limited = true;

    Registration(String what, CloseAction action) {
      this.what = what;
      this.action = action;
    }

    Entry run() {
      return Closer.close(what, action, limited ? limit : null);
    }

    @Override
    public boolean detach() {
      synchronized (lock) {
        if (stack.remove(this)) {
          watch.closed();
          return true;
        }
        return false;
      }
    }

    @Override
    public void closeNow() {
      if (detach()) {
        Entry entry = run();
        if (entry.failure() != null) {
          Closer.rethrow(Closer.asUnchecked(entry));
        }
      }
    }
  }
}
