package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitMemoryIT {
  @TempDir Path folder;

  @Test
  void aMillionKeysFitIntoASmallHeap() throws Exception {
    Path errors = folder.resolve("errors");
    Process child = ChildJvm.start(errors, "64m", KeyFlood.class);
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, child.waitFor(), () -> printed + errors);
    String[] figures = printed.strip().split(" ", -1);
    System.out.printf("keys kept: %s, heap for them: %s bytes%n", figures[0], figures[1]);

    assertEquals(RateLimitBuilder.DEFAULT_MAX_KEYS, Integer.parseInt(figures[0]));
    assertTrue(Long.parseLong(figures[1]) < 600L * RateLimitBuilder.DEFAULT_MAX_KEYS, printed);
    assertEquals("", Files.readString(errors));
  }
}
