package dev.tiercel.async;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads that calls run on when nobody gave an executor. */
final class Threads {
  private static final String NAME = "tiercel-async-";

  /* Found by name, because the code is compiled for JDK 17, which has none. */
  private static final @Nullable ThreadFactory VIRTUAL = virtual();

  private static final Executor ELSEWHERE = VIRTUAL != null ? virtualThreads() : unbounded();

  private Threads() {}

  private static @Nullable ThreadFactory virtual() {
    try {
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle made =
          lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
      MethodHandle named =
          lookup.findVirtual(
              builder, "name", MethodType.methodType(builder, String.class, long.class));
      MethodHandle factory =
          lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
      return (ThreadFactory) factory.invoke(named.invoke(made.invoke(), NAME, 1L));
    } catch (Throwable e) { // JDK 19 and 20 have them only as a preview, and throw here.
      return null;
    }
  }

  static boolean hasVirtual() {
    return VIRTUAL != null;
  }

  /**
   * Tells of an end that comes from outside a call, so that no listener holds up a timer or close.
   */
  static void elsewhere(Runnable end) {
    elsewhere(ELSEWHERE, end);
  }

  static void elsewhere(Executor where, Runnable end) {
    try {
      where.execute(end);
    } catch (Throwable e) { // Such as no memory for a thread. Nobody is to wait for ever.
      end.run();
    }
  }

  /** An executor that starts a virtual thread for each run; {@link Places} bounds how many. */
  static Executor virtualThreads() {
    ThreadFactory factory = VIRTUAL;
    if (factory == null) {
      throw new UnsupportedOperationException(
          "this JVM has no virtual threads; run it on JDK 21 or later, or leave them out");
    }
    return work -> factory.newThread(work).start();
  }

  /** A pool of that many threads, which end when they are idle. */
  static ThreadPoolExecutor pool(int threads) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor made =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // Bounded by Places.
            work -> daemon(work, NAME + number.incrementAndGet()));
    made.allowCoreThreadTimeOut(true);
    return made;
  }

  /** As many threads as there are ends at once: a listener may wait for another end. */
  private static Executor unbounded() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> daemon(work, NAME + "end-" + number.incrementAndGet()));
  }

  /** A thread that rings alarms, and does nothing else. */
  static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor made =
        new ScheduledThreadPoolExecutor(1, work -> daemon(work, NAME + "deadlines"));
    made.setRemoveOnCancelPolicy(true);
    made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    made.setKeepAliveTime(10, TimeUnit.SECONDS);
    made.allowCoreThreadTimeOut(true);
    return made;
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
