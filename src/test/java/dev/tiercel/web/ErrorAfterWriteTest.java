package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.cache.Tag;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An error is not covered up with what a write has ended while the handler was at work. */
class ErrorAfterWriteTest {
  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void itIsTold(boolean isWritten, boolean isThrown) throws Exception {
    AtomicReference<Bench> meanwhile = new AtomicReference<>();
    App app =
        (asked, answer) -> {
          Bench bench = meanwhile.get();
          if (bench == null) {
            answer
                .field("Cache-Control", "max-age=60, stale-if-error=600")
                .field("Cache-Tag", "a")
                .text("old");
            return;
          }
          if (isWritten) {
            bench.cache.invalidate(Tag.of("a"));
          }
          if (isThrown) {
            throw new IOException("no disk");
          }
          answer.status(503).text("no disk");
        };
    try (Bench bench = new Bench(builder -> builder, app)) {
      bench.get("/");
      bench.pass(100);
      meanwhile.set(bench);
      if (!isWritten) {
        assertEquals("old", bench.get("/").text());
      } else if (isThrown) {
        assertThrows(IOException.class, () -> bench.get("/"));
      } else {
        assertEquals(503, bench.get("/").status());
      }
    }
  }
}
