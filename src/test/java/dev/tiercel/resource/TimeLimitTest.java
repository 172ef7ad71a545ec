package dev.tiercel.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.resource.CloseReport.Entry;
import dev.tiercel.resource.CloseReport.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLimitTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofDays(1);

  private final Journal journal = new Journal();
  private final CountDownLatch never = new CountDownLatch(1);

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void aLimitThatIsNotPositiveIsRefused(String limit) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> ResourceManager.withTimeLimit("x", Duration.parse(limit)));
    assertTrue(refusal.toString().endsWith(limit), refusal.toString());
  }

  @Test
  void aLimitBeyondTheClockIsAsGoodAsNone() {
    Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
    try (ResourceManager manager = ResourceManager.withTimeLimit("patient", forever)) {
      manager.onClose("it", journal.closes("it"));
    }
    assertEquals(List.of("it"), journal.lines());
  }

  @Test
  void aSlowCloserIsNamedAndTheOthersAreClosed() {
    ResourceManager outer = ResourceManager.named("outer");
    outer.onClose("below", journal.closes("below"));
    ResourceManager limited = outer.register(ResourceManager.withTimeLimit("limited", SHORT));
    limited.onClose("slow 1", never::await);
    limited.onClose("slow 2", never::await);

    var thrown = assertThrows(ResourceCloseException.class, outer::close);

    assertTrue(thrown.toString().contains("'limited/slow 2'"), thrown.toString());
    assertTrue(thrown.toString().contains("PT0.02S"), thrown.toString());
    assertInstanceOf(TimeoutException.class, thrown.getCause());
    assertEquals(1, thrown.getSuppressed().length);
    assertEquals(List.of("below"), journal.lines());
    assertEquals(
        List.of(Outcome.TIMED_OUT, Outcome.TIMED_OUT, Outcome.CLOSED),
        outer.report().entries().stream().map(Entry::outcome).toList());
  }

  @Test
  void theFailureShowsWhereTheSlowCloserWas() {
    ResourceManager limited = ResourceManager.withTimeLimit("limited", SHORT);
    limited.onClose("slow", this::waitForEver);

    var thrown = assertThrows(ResourceCloseException.class, limited::close);

    Throwable slow = assertInstanceOf(TimeoutException.class, thrown.getCause());
    assertTrue(
        List.of(slow.getStackTrace()).stream()
            .anyMatch(frame -> frame.getMethodName().equals("waitForEver")));
  }

  private void waitForEver() throws InterruptedException {
    never.await();
  }

  @Test
  void aSlowCloserIsInterruptedOnItsDaemonThread() throws Exception {
    ResourceManager limited = ResourceManager.withTimeLimit("limited", SHORT);
    BlockingQueue<Thread> interrupted = new LinkedBlockingQueue<>();
    limited.onClose(
        "slow",
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.add(Thread.currentThread());
          }
        });

    assertThrows(ResourceCloseException.class, limited::close);

    Thread closer = interrupted.poll(20, TimeUnit.SECONDS);
    assertNotNull(closer);
    assertTrue(closer.isDaemon());
    assertEquals("tiercel-close slow", closer.getName());
    assertNotSame(Thread.currentThread(), closer);
  }

  @Test
  void aFailureWithinTheLimitIsThrownAsItIs() {
    ResourceManager limited = ResourceManager.withTimeLimit("limited", LONG);
    RuntimeException failure = new IllegalStateException("broken");
    limited.onClose("broken", journal.fails("broken", failure));

    assertSame(failure, assertThrows(IllegalStateException.class, limited::close));
    assertEquals(Outcome.FAILED, limited.report().entries().get(0).outcome());
  }

  @Test
  void aTimeoutExceptionOfTheResourceIsAFailureOfTheResource() {
    ResourceManager limited = ResourceManager.withTimeLimit("limited", LONG);
    limited.onClose("broken", journal.fails("broken", new TimeoutException("its own")));

    assertThrows(ResourceCloseException.class, limited::close);

    assertEquals(Outcome.FAILED, limited.report().entries().get(0).outcome());
  }

  @Test
  void theLimitHoldsForEachResourceOfAChild() {
    ResourceManager limited = ResourceManager.withTimeLimit("limited", SHORT);
    ResourceManager child = limited.child("child");
    child.onClose("slow 1", never::await);
    child.onClose("slow 2", never::await);

    assertThrows(ResourceCloseException.class, limited::close);

    assertEquals(
        List.of("child/slow 2", "child/slow 1"),
        limited.report().failures().stream().map(Entry::name).toList());
  }

  @Test
  void withoutAThreadToSpareTheResourceIsClosedAllTheSame() {
    TimeLimit exhausted = new TimeLimit(LONG, Unstartable::new);
    ResourceManager manager = new ResourceManager("full", exhausted, LeakWatch.LOG);
    manager.onClose("it", journal.closes("it"));

    manager.close();

    assertEquals(List.of("it"), journal.lines());
  }

  private static final class Unstartable extends Thread {
    Unstartable(Runnable work) {
      super(work);
    }

    @Override
    public synchronized void start() {
      throw new OutOfMemoryError("unable to create native thread");
    }
  }
}
