package dev.tiercel.query;

import dev.tiercel.task.InvalidValueException;
import dev.tiercel.task.Task;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;

/** Tasks with whatever a task can hold, drawn until one is accepted. */
final class RandomTasks {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final int[] NUMBERS = {0, 1, -1, 63, 64, -64, -65, 127, 128};
  private static final String[] ODD = {
    "\u0001", "\u0085", "\u007f", "\u001f", "\uD83D", "\uDE00", "\uFFFF", "\uFFFD", "\u2028"
  };

  private final Random random;
  private int refused;

  RandomTasks(long seed) {
    random = new Random(seed);
  }

  /** How many draws were no tasks: some, or the rules were not met. */
  int refused() {
    return refused;
  }

  Task next() {
    while (true) {
      try {
        return new Task(
            text(random.nextInt(20) == 0 ? Task.MAX_ID_LENGTH : 12),
            text(random.nextInt(50) == 0 ? Task.MAX_TITLE_LENGTH : 80),
            or(() -> text(random.nextInt(100) == 0 ? 100_000 : 500)),
            or(() -> random.nextInt(3) == 0 ? "agent" : text(10)),
            time(),
            or(this::time),
            or(this::time),
            (int) number(),
            time(),
            number() & Long.MAX_VALUE,
            number() & Long.MAX_VALUE,
            or(this::time));
      } catch (InvalidValueException e) {
        refused++;
      }
    }
  }

  private <T> T or(Supplier<T> supplier) {
    return random.nextBoolean() ? supplier.get() : null;
  }

  private long number() {
    return switch (random.nextInt(4)) {
      case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 1 -> random.nextBoolean() ? Integer.MIN_VALUE : Long.MAX_VALUE;
      case 2 -> random.nextLong() >> random.nextInt(Long.SIZE);
      default -> random.nextInt();
    };
  }

  private Instant time() {
    return switch (random.nextInt(5)) {
      case 0 -> Instant.EPOCH;
      case 1 -> LAST.minusNanos(random.nextInt(3) * 500L);
      case 2 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case 3 -> Instant.ofEpochSecond(1_800_000_000, 999_999_999 - random.nextInt(2_000));
      default -> Instant.ofEpochSecond(random.nextLong() & (1L << 37) - 1);
    };
  }

  private String text(int most) {
    int length = random.nextInt(5) == 0 ? most : random.nextInt(most);
    int kind = random.nextInt(4);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      switch (kind) {
        case 0 -> text.append((char) (' ' + random.nextInt(95)));
        case 1 -> text.append((char) (' ' + random.nextInt(224)));
        case 2 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
        default -> text.append((char) ('a' + random.nextInt(0x2000)));
      }
    }
    if (random.nextInt(10) == 0) {
      text.insert(random.nextInt(text.length() + 1), ODD[random.nextInt(ODD.length)]);
    }
    return text.toString();
  }
}
