package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tiercel.cache.Entry.Lifetime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** An entry below memory comes back with all that judges it, or not at all. */
class StoredEntryTest {
  private static final long EPOCH = 1_000_000;
  private static final byte[] VALUE = {7, 8, 9};
  private static final Codec CODEC = new TextCodec();

  private static byte[] encoded(TagSet tags) {
    Lifetime lifetime = new Lifetime(5_000, 7_000, 9_000, 0, 0);
    Entry entry = new Entry("value", TypeRef.of(String.class), tags, 42, lifetime);
    return StoredEntry.encode(entry, -5, CODEC, 77, VALUE, EPOCH);
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    for (TagSet tags : new TagSet[] {TagSet.NONE, TagSet.ofHalves(new int[] {-9, 1, 2, 3, 4})}) {
      byte[] bytes = encoded(tags);
      StoredEntry read = StoredEntry.decode(bytes);
      assertNotNull(read);
      assertEquals("text-1", read.codec());
      assertEquals(77, read.fingerprint());
      assertEquals(-5, read.session());
      assertEquals(42, read.stamp());
      assertEquals(new Lifetime(1_005_000, 1_007_000, 1_009_000, 0, 0), read.lifetime());
      assertEquals(tags.size(), read.tags().size());
      for (int i = 0; i < tags.size(); i++) {
        assertEquals(tags.half(i), read.tags().half(i));
      }
      assertEquals(VALUE.length, read.valueLength());
      assertArrayEquals(VALUE, Arrays.copyOfRange(bytes, read.valueAt(), bytes.length));
    }
  }

  @Test
  void aFormOfAnotherVersionIsNotRead() {
    byte[] bytes = encoded(TagSet.NONE);
    bytes[0]++;
    assertNull(StoredEntry.decode(bytes));
  }

  @Test
  void whatIsCutBeforeTheValueIsNotRead() {
    byte[] bytes = encoded(TagSet.ofHalves(new int[] {1, 2, 3}));
    for (int length = 0; length < bytes.length - VALUE.length; length++) {
      assertNull(StoredEntry.decode(Arrays.copyOf(bytes, length)));
    }
  }
}
