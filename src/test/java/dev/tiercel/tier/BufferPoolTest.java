package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many buffers there are, and who has which. */
class BufferPoolTest {
  private static final int MOST = 32;

  private final BufferPool pool = new BufferPool();
  private final Set<ByteBuffer> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  @Test
  void threadsOneAfterAnotherUseOneBuffer() throws InterruptedException {
    for (int i = 0; i < 2 * MOST; i++) {
      Thread thread = new Thread(this::use);
      thread.start();
      thread.join();
    }
    assertEquals(1, seen.size());
  }

  private void use() {
    ByteBuffer buffer = pool.take();
    seen.add(buffer);
    pool.give(buffer);
  }

  @Test
  void thoseInUseAtOnceAreDifferentAndNoMoreAreMadeThanThat() {
    takeAndGive(3);
    assertEquals(3, seen.size());
    takeAndGive(3);
    assertEquals(3, seen.size());
  }

  @Test
  void whoComesWhenAllAreInUseGetsOneOnTheHeapThatIsNotKept() {
    takeAndGive(MOST);
    assertEquals(MOST, seen.size());
    ByteBuffer[] all = new ByteBuffer[MOST];
    for (int i = 0; i < MOST; i++) {
      all[i] = pool.take();
      assertTrue(all[i].isDirect());
    }
    ByteBuffer more = pool.take();
    assertFalse(more.isDirect());
    assertEquals(BufferPool.BYTES, more.capacity());
    pool.give(more);
    for (ByteBuffer buffer : all) {
      pool.give(buffer);
    }
    takeAndGive(MOST);
    assertEquals(MOST, seen.size());
  }

  @Test
  void aBufferIsClearWhenItIsTaken() {
    ByteBuffer used = pool.take().position(5).limit(9);
    pool.give(used);
    ByteBuffer again = pool.take();
    assertEquals(0, again.position());
    assertEquals(BufferPool.BYTES, again.limit());
  }

  private void takeAndGive(int count) {
    ByteBuffer[] taken = new ByteBuffer[count];
    for (int i = 0; i < count; i++) {
      taken[i] = pool.take();
      seen.add(taken[i]);
    }
    for (ByteBuffer buffer : taken) {
      pool.give(buffer);
    }
  }
}
