package dev.tiercel.async;

import dev.tiercel.task.Cursor;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's way through the tasks of a query. It holds a thread while it reads and hands on,
 * and nothing but the rest of a batch while it waits for demand.
 */
final class TaskSubscription implements Flow.Subscription, Work {
  /* Signals are counted; whoever raises the count from zero has the turn, and keeps it until it has
   * brought the count back to zero. So one thread at a time signals the subscriber, and what that
   * thread wrote is seen by the next one. (The numbers of the rules are those of Reactive Streams.)
   */

  private static final Logger log = LoggerFactory.getLogger(TaskSubscription.class);

  private final TaskPublisher source;
  private final Places places;
  private final AtomicInteger signals = new AtomicInteger(1); // Until it is begun.
  private final AtomicLong demand = new AtomicLong();
  private final AtomicBoolean begun = new AtomicBoolean(true);
  private volatile boolean cancelled;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Call<List<Task>> reading;

  // Mutable state of whoever has the turn.
  private Flow.@Nullable Subscriber<? super Task> subscriber; // Null when it is over (rule 3.13).
  private Iterator<Task> batch = Collections.emptyIterator();
  private @Nullable Cursor place;
  private boolean readAll;
  private @Nullable Call<List<Task>> next; // Its time has begun.

  TaskSubscription(TaskPublisher source, Flow.Subscriber<? super Task> subscriber) {
    this.source = source;
    this.places = source.calls().places();
    this.subscriber = subscriber;
    this.place = source.query().cursor();
  }

  void start() {
    AsyncRejectedException refused = places.open(this);
    if (refused != null) {
      places.tally().rejected.increment();
      failure = refused;
    }
    try { // Nobody else has the turn before onSubscribe is over (rules 1.3 and 1.9).
      subscriber().onSubscribe(this);
    } catch (Throwable e) {
      failed(e);
    }
    if (failure != null || cancelled) {
      drain();
    } else if (signals.addAndGet(-1) > 0) { // Something was asked for meanwhile.
      queueUp();
    }
  }

  private Flow.Subscriber<? super Task> subscriber() {
    return Objects.requireNonNull(subscriber);
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      failure =
          new IllegalArgumentException(
              "rule 3.9: the subscriber requested " + n + " tasks; request at least one");
    } else {
      demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
    }
    signal();
  }

  @Override
  public void cancel() {
    cancelled = true;
    stopReading();
    signal();
  }

  private void stopReading() {
    Call<List<Task>> call = reading;
    if (call != null) {
      call.cancel(true);
    }
  }

  private void signal() {
    if (signals.getAndIncrement() == 0) {
      queueUp();
    }
  }

  private void queueUp() {
    next = batch.hasNext() ? null : prepareBatch(); // Its time begins now, if it is needed.
    begun.set(false);
    places.goOn(this);
  }

  @Override
  public void run() {
    if (begun.compareAndSet(false, true)) {
      drain();
    }
  }

  @Override
  public void refuse(AsyncRejectedException why) {
    failure = why;
    if (begun.compareAndSet(false, true)) {
      drain(); // It was to run and never will.
    } else {
      stopReading();
      signal();
    }
  }

  private void drain() {
    int seen = signals.get();
    do {
      if (!handOn()) {
        queueUp(); // The turn goes along.
        return;
      }
      seen = signals.addAndGet(-seen);
    } while (seen != 0);
  }

  /** Hands on what is there and wanted. Returns false if others should go first. */
  private boolean handOn() {
    for (boolean read = false; subscriber != null; ) {
      Throwable failed = failure;
      if (cancelled) {
        end();
      } else if (failed != null) {
        tell(end -> end.onError(failed));
      } else if (!batch.hasNext() && readAll) {
        tell(Flow.Subscriber::onComplete);
      } else if (demand.get() == 0) {
        return true;
      } else if (batch.hasNext()) {
        hand(batch.next());
      } else if (read && places.isCrowded()) {
        return false;
      } else {
        read();
        read = true;
      }
    }
    return true;
  }

  private void hand(Task task) {
    if (demand.get() != Long.MAX_VALUE) {
      demand.decrementAndGet();
    }
    try {
      subscriber().onNext(task);
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void tell(Consumer<Flow.Subscriber<? super Task>> last) {
    Flow.Subscriber<? super Task> told = subscriber();
    end();
    try {
      last.accept(told);
    } catch (Throwable e) {
      log.warn("A subscriber failed when its stream of tasks was over", e);
    }
  }

  /* Rule 2.13: a subscriber that throws counts as having cancelled. */
  private void failed(Throwable e) {
    log.warn("A subscriber to tasks threw, so its stream is cancelled", e);
    cancelled = true;
  }

  private void end() {
    subscriber = null;
    batch = Collections.emptyIterator();
    places.ended(this);
  }

  private void read() {
    Call<List<Task>> call = next == null ? prepareBatch() : next;
    next = null;
    reading = call;
    try {
      if (cancelled || failure != null) {
        return; // Whoever ended it could not see the call.
      }
      if (call.arm()) {
        call.run();
      }
      List<Task> rows = call.join();
      batch = rows.iterator();
      readAll = rows.size() < source.query().limit();
      if (!rows.isEmpty()) {
        place = Cursor.after(source.query(), rows.get(rows.size() - 1));
      }
    } catch (CancellationException e) {
      if (!cancelled && failure == null) {
        failure = e; // Not by cancel or refuse, which say so before: the repository threw it.
      }
      return;
    } catch (CompletionException e) {
      failure = e.getCause();
    } finally {
      reading = null;
    }
  }

  /* One batch and not the whole stream: it gives the connection back, and fills no cache. */
  private Call<List<Task>> prepareBatch() {
    TaskQuery query = source.query();
    Cursor from = place;
    TaskQuery rest = from == null ? query : query.at(from);
    return source
        .calls()
        .prepared(
            () -> source.tasks().stream(rest, rows -> rows.limit(query.limit()).toList()),
            source.within());
  }
}
