package dev.tiercel.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the fuzzer begins with, and what it once found, gives what is documented. */
class FuzzInputsTest {
  private static final int CHANGED = 500;

  @ParameterizedTest
  @EnumSource
  void everyInputKeepsTheContract(FuzzTarget target) throws Exception {
    List<byte[]> inputs = target.inputs();
    for (byte[] input : inputs) {
      check(target, input);
    }
    Random random = new Random(20_261_128);
    for (int i = 0; i < CHANGED; i++) {
      check(target, changed(inputs, random));
    }
  }

  private static void check(FuzzTarget target, byte[] input) {
    try {
      target.run(input);
    } catch (Throwable e) {
      throw new AssertionError(target + " fails with " + Arrays.toString(input), e);
    }
  }

  /* The start of one with the end of another, and a byte or two that are different. */
  private static byte[] changed(List<byte[]> inputs, Random random) {
    byte[] head = inputs.get(random.nextInt(inputs.size()));
    byte[] tail = inputs.get(random.nextInt(inputs.size()));
    int cut = random.nextInt(head.length + 1);
    int from = random.nextInt(tail.length + 1);
    byte[] mixed = Arrays.copyOf(head, cut + tail.length - from);
    System.arraycopy(tail, from, mixed, cut, tail.length - from);
    for (int i = random.nextInt(3); i > 0 && mixed.length > 0; i--) {
      mixed[random.nextInt(mixed.length)] = (byte) random.nextInt(256);
    }
    return mixed;
  }
}
