package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is wrong with a key or a value: a look-up answers, and costs no other. */
class TierCodecFaultTest extends TierFaultFixture {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void anyTextIsAKey(Kind kind) throws InterruptedException {
    open(kind.open(folder, ROOMY));
    String huge = "k".repeat(1 << 20);
    List<String> keys =
        List.of(
            huge,
            huge + "2",
            "a/b",
            "/",
            "..",
            "../../items.db",
            "a/../b",
            "\0",
            "a\0",
            "a\0b",
            "*",
            "?",
            "[",
            "[a-z]",
            "]",
            "[*]",
            "%",
            "_",
            "'",
            "\\",
            "\uD800",
            "\uDC00",
            "\uDC00\uD800",
            "?\uD800",
            "\uD83D\uDE00",
            "\u00e9",
            "e\u0301",
            " ",
            "key:\n1");
    for (int i = 0; i < keys.size(); i++) {
      fill(keys.get(i), "value " + i);
    }
    for (int i = 0; i < keys.size(); i++) {
      assertEquals("value " + i, texts.get(keys.get(i), TAG, never()), keys.get(i));
      leave(keys.get(i));
    }
    assertEquals(1, cache.evictNow("[*]"), "the star alone");
    assertEquals("new", texts.get("*", TAG, () -> "new"));
    assertEquals("value 10", "value " + keys.indexOf("*"));
    assertEquals(0, stats().failures());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aValueThatCannotBeEncodedIsServedFromMemory(Kind kind) throws InterruptedException {
    open(kind.open(folder, ROOMY));
    fill("key", "old");
    cache.invalidate(TAG);
    assertEquals("cannot be encoded", texts.get("key", TAG, () -> "cannot be encoded"));
    assertEquals("cannot be encoded", texts.get("key", TAG, never()));
    leave("key");
    assertEquals(1, stats().undecodable());
    assertEquals("new", texts.get("key", TAG, () -> "new"), "what is stored is older");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aValueThatOverflowsTheStackCostsNoOther(Kind kind) throws InterruptedException {
    open(new OverflowingCodec(), kind.open(folder, ROOMY));
    List<String> keys = List.of("a", "deep", "b");
    keys.forEach(key -> texts.get(key, TAG, () -> key)); // Perhaps one batch.
    for (String key : keys) {
      leave(key);
    }
    assertEquals("a", texts.get("a", TAG, never()));
    assertEquals("b", texts.get("b", TAG, never()));
    assertEquals("loaded", texts.get("deep", TAG, () -> "loaded"));
    assertEquals(1, stats().undecodable());
    fill("deep to read", "deep to read");
    assertEquals("loaded", texts.get("deep to read", TAG, () -> "loaded"));
    assertEquals(2, stats().undecodable());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aCodecThatLeavesAnInterruptCostsNoOther(Kind kind) throws InterruptedException {
    Codec interrupting =
        new ForwardingCodec(new TextCodec()) {
          @Override
          public byte[] encode(Object value, TypeRef<?> type) throws IOException {
            Thread.currentThread().interrupt();
            return super.encode(value, type);
          }
        };
    open(interrupting, kind.open(folder, ROOMY));
    fillAll();
    assertEquals(VALUES, assertNoneIsWrong());
    assertEquals(0, stats().failures());
    assertEquals(0, stats().dropped());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatAnotherCodecOrAnotherShapeLeftIsAMiss(Kind kind) throws InterruptedException {
    open(kind.open(folder, ROOMY));
    fill("key", "a");
    close();
    for (Codec other : List.of(new TextCodec("text-2", 1), new TextCodec("text-1", 2))) {
      open(other, kind.open(folder, ROOMY));
      assertTrue(texts.getIfPresent("key").isEmpty());
      assertEquals(1, stats().undecodable());
      close();
    }
    open(SmileCodec.create(), kind.open(folder, ROOMY));
    fill("key", "b");
    TypedCache<Integer> numbers = cache.typed(Integer.class);
    assertEquals(7, numbers.get("key", TAG, () -> 7), "it is a text");
    leave("key");
    assertEquals("c", texts.get("key", TAG, () -> "c"), "it is a number by now");
  }
}
