package dev.tiercel.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.resource.Threads.Running;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterruptTest {
  private final Journal journal = new Journal();

  static List<ResourceManager> managers() {
    return List.of(
        ResourceManager.named("direct"),
        ResourceManager.withTimeLimit("limited", Duration.ofDays(1)));
  }

  @AfterEach
  void leaveNoInterruptBehind() {
    Thread.interrupted();
  }

  private CloseAction notesInterrupt(String name) {
    return () -> journal.add(name + " " + Thread.currentThread().isInterrupted());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("managers")
  void aPendingInterruptDoesNotReachTheClosersAndSurvives(ResourceManager manager) {
    manager.onClose("a", notesInterrupt("a"));
    manager.onClose("b", notesInterrupt("b"));
    Thread.currentThread().interrupt();

    manager.close();

    assertTrue(Thread.interrupted());
    assertEquals(List.of("b false", "a false"), journal.lines());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("managers")
  void anInterruptedExceptionOfACloserRestoresTheFlag(ResourceManager manager) {
    manager.onClose("a", notesInterrupt("a"));
    manager.onClose("b", journal.fails("b", new InterruptedException("b")));

    var thrown = assertThrows(ResourceCloseException.class, manager::close);

    assertTrue(Thread.interrupted());
    assertInstanceOf(InterruptedException.class, thrown.getCause());
    assertEquals(List.of("b", "a false"), journal.lines());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("managers")
  void withoutAnInterruptNoFlagIsSet(ResourceManager manager) {
    manager.onClose("a", journal.closes("a"));
    manager.close();
    assertFalse(Thread.interrupted());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("managers")
  void anInterruptWhileWaitingForAnotherCloseSurvives(ResourceManager manager) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    manager.onClose(
        "slow",
        () -> {
          begun.countDown();
          release.await();
        });
    Running first = Threads.start(manager::close);
    begun.await();
    Running second =
        Threads.start(
            () -> {
              manager.close();
              journal.add("interrupted " + Thread.currentThread().isInterrupted());
            });
    second.awaitParked();

    second.thread().interrupt();
    release.countDown();
    first.join();
    second.join();

    assertEquals(List.of("interrupted true"), journal.lines());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("managers")
  void anInterruptOfTheClosingThreadStopsAtTheResourceItMet(ResourceManager manager) {
    Thread closing = Thread.currentThread();
    manager.onClose("a", notesInterrupt("a"));
    manager.onClose("b", closing::interrupt);

    manager.close();

    assertTrue(Thread.interrupted());
    assertEquals(List.of("a false"), journal.lines());
  }
}
