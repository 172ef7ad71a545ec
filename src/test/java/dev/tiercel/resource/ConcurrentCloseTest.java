package dev.tiercel.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.resource.Threads.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConcurrentCloseTest {
  private final Journal journal = new Journal();

  static List<ResourceManager> managers() {
    return List.of(
        ResourceManager.named("direct"),
        ResourceManager.withTimeLimit("limited", Duration.ofDays(1)));
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("managers")
  void aSecondCloseWaitsForTheFirst(ResourceManager manager) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    manager.onClose(
        "slow",
        () -> {
          begun.countDown();
          release.await();
          journal.add("closed");
          throw new IllegalStateException("for the first only");
        });
    Running first = Threads.start(() -> assertThrows(IllegalStateException.class, manager::close));
    begun.await();

    Running second =
        Threads.start(
            () -> {
              manager.close();
              journal.add("second returned");
            });
    second.awaitParked();
    release.countDown();
    first.join();
    second.join();

    assertEquals(List.of("closed", "second returned"), journal.lines());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("managers")
  void aCloserThatClosesItsOwnManagerReturnsAtOnce(ResourceManager manager) throws Exception {
    manager.onClose("below", journal.closes("below"));
    manager.onClose(
        "caller",
        () -> {
          manager.close();
          journal.add("caller");
        });

    Threads.start(manager::close).join();

    assertEquals(List.of("caller", "below"), journal.lines());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("managers")
  void aCloserWaitsForAManagerThatAnotherThreadCloses(ResourceManager manager) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ResourceManager other = ResourceManager.named("other");
    other.onClose(
        "slow",
        () -> {
          begun.countDown();
          release.await();
          journal.add("other");
        });
    CompletableFuture<Thread> closer = new CompletableFuture<>();
    manager.onClose(
        "closes other",
        () -> {
          closer.complete(Thread.currentThread());
          other.close();
          journal.add("manager");
        });
    Running first = Threads.start(other::close);
    begun.await();

    Running second = Threads.start(manager::close);
    Threads.awaitParked(closer.get(20, TimeUnit.SECONDS));
    release.countDown();
    first.join();
    second.join();

    assertEquals(List.of("other", "manager"), journal.lines());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("managers")
  void aResourceOfAChildMayCloseTheParent(ResourceManager parent) throws Exception {
    ResourceManager child = parent.child("child");
    parent.onClose("above", journal.closes("above"));
    child.onClose("below", journal.closes("below"));
    child.onClose(
        "caller",
        () -> {
          parent.close();
          journal.add("caller");
        });

    Threads.start(child::close).join();

    assertEquals(List.of("above", "caller", "below"), journal.lines());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("managers")
  void closersRunOutsideTheLock(ResourceManager manager) throws Exception {
    manager.onClose(
        "user",
        () ->
            Threads.start(
                    () -> {
                      manager.onClose("late", journal.closes("late"));
                      journal.add("entries " + manager.report().entries().size());
                    })
                .join());

    manager.close();

    assertEquals(List.of("entries 0", "late"), journal.lines());
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("managers")
  void managersThatCloseEachOtherFromTwoThreadsDoNotWaitForEver(ResourceManager one)
      throws Exception {
    ResourceManager two = ResourceManager.named("two");
    CyclicBarrier bothBegun = new CyclicBarrier(2);
    one.onClose("one", journal.closes("closed"));
    one.onClose(
        "closes two",
        () -> {
          bothBegun.await();
          two.close();
        });
    two.onClose("two", journal.closes("closed"));
    two.onClose(
        "closes one",
        () -> {
          bothBegun.await();
          one.close();
        });

    Running first = Threads.start(one::close);
    Running second = Threads.start(two::close);
    first.join();
    second.join();

    assertEquals(List.of("closed", "closed"), journal.lines());
  }

  @Test
  void whatThreadsRegisterDetachAndCloseAtOnceIsClosedOnce() throws Exception {
    for (int round = 0; round < 200; round++) {
      ResourceManager manager = ResourceManager.named("shared");
      AtomicInteger closed = new AtomicInteger();
      AtomicInteger detached = new AtomicInteger();
      CyclicBarrier start = new CyclicBarrier(4);
      List<Running> threads = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        boolean early = t == 0;
        threads.add(
            Threads.start(
                () -> {
                  start.await();
                  for (int i = 0; i < 20; i++) {
                    use(manager, early, closed, detached);
                  }
                }));
      }
      start.await();
      manager.close();
      for (Running thread : threads) {
        thread.join();
      }
      assertEquals(60, closed.get() + detached.get());
    }
  }

  private static void use(
      ResourceManager manager, boolean early, AtomicInteger closed, AtomicInteger detached) {
    Handle handle;
    try {
      handle = manager.onClose("one", closed::incrementAndGet);
    } catch (IllegalStateException refused) {
      return;
    }
    if (early) {
      handle.closeNow();
    } else if (handle.detach()) {
      detached.incrementAndGet();
    }
  }
}
