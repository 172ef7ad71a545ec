package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the files of segments. */
class SegmentsTest {
  private static final int SIZE = 100;

  @TempDir Path folder;
  private final Segments segments = new Segments();
  private final List<Long> closed = new ArrayList<>();

  /* Its disk fails when it is closed. */
  private Segment add(long id, int slot) throws IOException {
    Path path = Files.write(folder.resolve("segment-" + id), new byte[SIZE]);
    MemoryChannel channel =
        new MemoryChannel() {
          @Override
          protected void implCloseChannel() throws IOException {
            closed.add(id);
            throw new IOException("disk of " + id);
          }
        };
    SharedFile file = new SharedFile(path, Set.of(), channel);
    Segment segment = new Segment(id, slot, 1, file, SIZE, SIZE);
    segments.add(segment);
    return segment;
  }

  @Test
  void allAreClosedAlsoIfThatFails() throws IOException {
    add(1, 1);
    add(2, 2);
    add(3, 3);
    IOException e = assertThrows(IOException.class, segments::close);
    assertEquals(List.of(1L, 2L, 3L), closed);
    assertEquals("disk of 3", e.getMessage());
    assertEquals("disk of 2", e.getSuppressed()[0].getMessage());
  }

  @Test
  void oneThatIsLostIsClosedAndCountsNoMore() throws IOException {
    Segment lost = add(1, 1);
    Segment other = add(2, 2);
    segments.forgetLost(lost);
    assertEquals(List.of(1L), closed);
    assertNull(segments.at(1));
    assertSame(other, segments.oldest());
    assertEquals(SIZE, segments.bytes());
  }

  @Test
  void oneThatIsGivenUpTwiceCostsTheNextInItsSlotNothing() throws IOException {
    Segment lost = add(1, 1);
    segments.forgetLost(lost);
    Segment next = add(2, 1);
    segments.delete(lost);
    assertSame(next, segments.at(1));
    assertEquals(SIZE, segments.bytes());
  }
}
