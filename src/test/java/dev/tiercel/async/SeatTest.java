package dev.tiercel.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SeatTest {
  @Test
  void whatIsToBeDoneAfterSomeWorkIsDoneAlsoIfTheWorkFails() {
    Places places = new Places(Runnable::run, 1, 1);
    AtomicInteger stopped = new AtomicInteger();
    Work failing =
        new Work() {
          @Override
          public void run() {
            Seat.whenLeft(places, stopped::incrementAndGet);
            throw new IllegalStateException("made by the test");
          }

          @Override
          public void refuse(AsyncRejectedException why) {}
        };

    assertThrows(IllegalStateException.class, () -> Seat.run(places, failing));

    assertEquals(1, stopped.get());
    assertFalse(places.isInside());
  }
}
