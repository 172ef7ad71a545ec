package dev.tiercel.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases, their ends, and what is refused. */
class ObjectPoolTest {
  private final ObjectPool<Item> pool = ObjectPool.of(Item::new).name("items").maxSize(2).build();

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void anObjectIsMadeWhenItIsNeededAndUsedAgain() {
    assertEquals(0, pool.stats().created());
    Item first;
    try (Lease<Item> lease = pool.lease()) {
      first = lease.get();
      assertSame(first, lease.get());
    }
    try (Lease<Item> lease = pool.lease()) {
      assertSame(first, lease.get());
    }
    assertEquals(1, pool.stats().created());
    assertFalse(first.isClosed());
  }

  @Test
  void twoLeasesHaveTwoObjectsAndTheThirdIsRefused() {
    try (Lease<Item> one = pool.lease();
        Lease<Item> other = pool.lease()) {
      assertNotSame(one.get(), other.get());
      assertTrue(pool.tryLease().isEmpty());
      PoolExhaustedException e =
          assertThrows(PoolExhaustedException.class, () -> pool.lease(Duration.ZERO));
      assertTrue(e.getMessage().contains("all 2 objects of the pool 'items' are in use"));
      assertTrue(e.getMessage().contains("maxSize"), e.getMessage());
      assertEquals(2, pool.stats().leased());
      assertEquals(1, pool.stats().refused());
    }
    assertEquals(2, pool.stats().idle());
    assertEquals(2, pool.stats().leases());
  }

  @Test
  void allObjectsOfAPoolCanBeLeasedAtOnce() {
    ObjectPool<Item> large = ObjectPool.of(Item::new).maxSize(1000).build();
    for (int round = 0; round < 2; round++) {
      List<Lease<Item>> leases = new ArrayList<>();
      Set<Item> items = new HashSet<>();
      for (int i = 0; i < 1000; i++) {
        Lease<Item> lease = large.tryLease().orElseThrow();
        leases.add(lease);
        items.add(lease.get());
      }
      assertEquals(1000, items.size());
      assertTrue(large.tryLease().isEmpty());
      leases.forEach(Lease::close);
    }
    assertEquals(1000, large.close(Duration.ZERO).disposed());
  }

  @Test
  void aSecondCloseIsRefusedAndTakesNobodysObject() {
    Lease<Item> ended = pool.lease();
    ended.close();
    assertTrue(
        assertThrows(IllegalStateException.class, ended::close)
            .getMessage()
            .contains("lease of the pool 'items' has ended"));
    try (Lease<Item> next = pool.lease();
        Lease<Item> other = pool.lease()) {
      assertThrows(IllegalStateException.class, ended::close);
      assertThrows(IllegalStateException.class, ended::get);
      assertThrows(IllegalStateException.class, ended::invalidate);
      assertTrue(pool.tryLease().isEmpty());
      assertNotSame(next.get(), other.get());
    }
  }

  @Test
  void anInvalidatedObjectIsDisposedOfAndMakesRoom() {
    try (Lease<Item> kept = pool.lease()) {
      Item broken;
      try (Lease<Item> lease = pool.lease()) {
        broken = lease.get();
        lease.invalidate();
        assertThrows(IllegalStateException.class, lease::get);
        assertThrows(IllegalStateException.class, lease::invalidate);
      }
      assertTrue(broken.isClosed());
      try (Lease<Item> fresh = pool.lease()) {
        assertNotSame(broken, fresh.get());
        assertNotSame(kept.get(), fresh.get());
      }
    }
    assertEquals(1, pool.stats().invalidated());
    assertEquals(1, pool.stats().disposed());
    assertEquals(3, pool.stats().created());
  }

  @Test
  void aCallUsesAnObjectAndItsFailureReachesTheCaller() throws Exception {
    ObjectPool<MessageDigest> digests =
        ObjectPool.of(() -> MessageDigest.getInstance("SHA-256")).maxSize(1).build();
    byte[] hash = digests.use(digest -> digest.digest(new byte[] {1}));
    assertEquals(32, hash.length);
    IOException thrown = new IOException("disk");
    assertSame(
        thrown,
        assertThrows(
            IOException.class,
            () ->
                digests.use(
                    digest -> {
                      throw thrown;
                    })));
    assertEquals(1, digests.stats().idle());
    digests.close();
  }

  @Test
  void anAcquiredObjectIsReleasedOnce() {
    Item item = pool.acquire();
    pool.release(item);
    IllegalStateException twice =
        assertThrows(IllegalStateException.class, () -> pool.release(item));
    assertTrue(twice.getMessage().contains("is not leased; release it once"), twice.getMessage());
    assertEquals(1, pool.stats().idle());
    assertSame(item, pool.acquire());
    pool.release(item);
  }

  @Test
  void aForeignObjectIsRefused() {
    pool.release(pool.acquire());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> pool.release(new Item()));
    assertTrue(e.getMessage().contains("'items' does not know this"), e.getMessage());
    assertEquals(
        "object must not be null",
        assertThrows(NullPointerException.class, () -> pool.release(null)).getMessage());
    assertEquals(1, pool.stats().idle());
  }

  @Test
  void aLeaseWhoseObjectWasReleasedHasEnded() {
    Lease<Item> lease = pool.lease();
    pool.release(lease.get());
    assertThrows(IllegalStateException.class, lease::close);
    assertEquals(1, pool.stats().idle());
  }

  @Test
  void anotherThreadMayEndALease() throws Exception {
    Lease<Item> lease = pool.lease();
    Item acquired = pool.acquire();
    acquired.count = 7;
    Background.start(
            () -> {
              lease.close();
              pool.release(acquired);
              return true;
            })
        .join();
    assertEquals(2, pool.stats().idle());
    try (Lease<Item> one = pool.lease();
        Lease<Item> other = pool.lease()) {
      assertEquals(7, one.get().count + other.get().count);
    }
    assertThrows(IllegalStateException.class, lease::close);
  }

  @Test
  void aNegativeTimeIsRefused() {
    for (Lease<Item> free = pool.lease(); free != null; free = null) {
      free.close();
    }
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> pool.lease(Duration.ofMillis(-1)));
    assertEquals("timeout must be zero or more, but was PT-0.001S", e.getMessage());
    assertThrows(NullPointerException.class, () -> pool.lease(null));
    assertThrows(IllegalArgumentException.class, () -> pool.close(Duration.ofNanos(-1)));
    assertEquals(1, pool.stats().idle());
  }
}
