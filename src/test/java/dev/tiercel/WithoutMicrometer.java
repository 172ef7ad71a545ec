package dev.tiercel;

import dev.tiercel.task.Task;
import java.nio.file.Path;

/** Uses a stack where there is no Micrometer; run by {@link WithoutMicrometerTest}. */
final class WithoutMicrometer {
  private WithoutMicrometer() {}

  public static void main(String[] args) {
    try {
      Class.forName("io.micrometer.core.instrument.MeterRegistry");
      throw new AssertionError("Micrometer is there");
    } catch (ClassNotFoundException e) {
      // As it should be.
    }
    try (Tiercel tiercel = Tiercel.open(Path.of(args[0]))) {
      tiercel.tasks().add(Task.titled("a"));
      System.out.println(tiercel.tasks().findAll().size());
      // What a container does with its beans; it fails if one method names what cannot be loaded.
      System.out.println(
          Tiercel.class.getDeclaredMethods().length > 10
              && Tiercel.class.getMethods().length > 10
              && Tiercel.class.getDeclaredFields().length > 2
              && TiercelBuilder.class.getMethods().length > 10);
      try {
        tiercel.metrics();
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
    System.out.println("closed");
  }
}
