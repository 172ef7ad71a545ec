package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.web.Bench.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of all sizes, and those that do not come whole. */
class BodyTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 100_000})
  void everyByteArrivesAndOnlySmallOnesAreKept(int size) throws Exception {
    byte[] body = new byte[size];
    new Random(size).nextBytes(body);
    for (boolean isSized : new boolean[] {true, false}) {
      App app =
          (asked, answer) -> {
            answer.field("Cache-Control", "max-age=60");
            if (isSized) {
              answer.length(size);
            }
            try (OutputStream out = answer.body()) {
              for (int at = 0; at < size; at += 7) {
                out.write(body, at, Math.min(7, size - at));
              }
            }
          };
      try (Bench bench = new Bench(BodyTest::small, app)) {
        for (int i = 0; i < 2; i++) {
          Reply reply = bench.get("/");
          assertTrue(reply.isComplete());
          assertArrayEquals(body, reply.bytes());
        }
        assertEquals(size <= 1_000 ? 1 : 2, bench.asked.get());
      }
    }
  }

  @Test
  void whatIsCutOffIsNotKept() throws Exception {
    App app =
        (asked, answer) -> {
          try (OutputStream out = answer.field("Cache-Control", "max-age=60").length(100).body()) {
            out.write(new byte[99]);
          }
        };
    try (Bench bench = new Bench(BodyTest::small, app)) {
      assertEquals(99, bench.get("/").bytes().length);
      assertFalse(bench.get("/").isHit());
    }
  }

  @Test
  void whatIsNotClosedIsNotKept() throws Exception {
    App app =
        (asked, answer) -> answer.field("Cache-Control", "max-age=60").body().write(new byte[99]);
    try (Bench bench = new Bench(BodyTest::small, app)) {
      Reply reply = bench.get("/");
      assertEquals(99, reply.bytes().length);
      assertFalse(reply.isComplete());
      assertFalse(bench.get("/").isHit());
    }
  }

  @Test
  void whatAHandlerBeganBeforeItThrewIsNotSent() throws Exception {
    App app =
        (asked, answer) -> {
          answer.field("Cache-Control", "max-age=60").body().write(new byte[99]);
          throw new IOException("no disk");
        };
    try (Bench bench = new Bench(BodyTest::small, app)) {
      assertThrows(IOException.class, () -> bench.get("/"));
      assertThrows(IOException.class, () -> bench.get("/"));
    }
  }

  @Test
  void longOnesComeAsTheyAreWritten() throws Exception {
    App app =
        (asked, answer) -> {
          try (OutputStream out = answer.field("Cache-Control", "max-age=60").body()) {
            for (int i = 0; i < 1_000; i++) {
              out.write(new byte[1_000]);
            }
            out.flush();
          }
        };
    try (Bench bench = new Bench(BodyTest::small, app)) {
      assertEquals(1_000_000, bench.get("/").bytes().length);
      assertEquals(1, bench.responses.stats().unstored());
    }
  }

  private static ResponseCacheBuilder small(ResponseCacheBuilder builder) {
    return builder.maxBody(1_000);
  }
}
