package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a transaction has not committed is seen by nobody else, and not after a rollback. */
class CachingTransactionsTest {
  private static final Order OLD = new Order("1", "acme", 5);
  private static final Order NEW = new Order("1", "acme", 6);

  private final TieredCache cache = Wrapped.cache();
  private final MapOrders target = new MapOrders();
  private final ManualTransactions transactions = new ManualTransactions();
  private final OrderRepository orders =
      Wrapped.orders(target, cache).transactions(transactions).build();

  CachingTransactionsTest() {
    target.save(OLD);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private static <V> V elsewhere(Supplier<V> read) {
    return CompletableFuture.supplyAsync(read).join();
  }

  @Test
  void readsInsideGoToTheTargetAndFillNothing() {
    transactions.begin();
    orders.findById("1");
    orders.findById("1");
    assertEquals(2, target.reads.get());
    transactions.complete();
    orders.findById("1");
    orders.findById("1");
    assertEquals(3, target.reads.get());
  }

  @Test
  void theTransactionSeesItsOwnWrites() {
    orders.findById("1");
    transactions.begin();
    orders.save(NEW);
    assertEquals(Optional.of(NEW), orders.findById("1"));
    transactions.complete();
  }

  @Test
  void whatItWroteIsNotCachedByOthersUntilItHasCompleted() {
    orders.findById("1");
    transactions.begin();
    orders.save(NEW);
    target.orders.put("1", OLD); // What others see before the commit.
    assertEquals(Optional.of(OLD), elsewhere(() -> orders.findById("1")));
    target.orders.put("1", NEW);
    transactions.complete();
    assertEquals(Optional.of(NEW), orders.findById("1"));
    int reads = target.reads.get();
    assertEquals(Optional.of(NEW), elsewhere(() -> orders.findById("1")));
    assertEquals(reads, target.reads.get());
  }

  @Test
  void aRollbackLeavesNothingOfIt() {
    transactions.begin();
    orders.save(NEW);
    assertEquals(Optional.of(NEW), elsewhere(() -> orders.findById("1"))); // A dirty read.
    target.orders.put("1", OLD);
    transactions.complete();
    assertEquals(Optional.of(OLD), orders.findById("1"));
  }

  @Test
  void tagsOfAResultWaitForTheCompletionToo() {
    assertEquals(List.of(OLD), orders.findByCustomer("acme"));
    transactions.begin();
    Order made = orders.create("acme", 7);
    target.orders.remove(made.id());
    assertEquals(List.of(OLD), elsewhere(() -> orders.findByCustomer("acme")));
    target.orders.put(made.id(), made);
    transactions.complete();
    assertEquals(List.of(OLD, made), orders.findByCustomer("acme"));
  }

  @Test
  void whatIsLoadedAroundAReadInsideIsNotCached() {
    TypedCache<String> texts = cache.typed(String.class);
    transactions.begin();
    orders.save(NEW);
    Tag tag = Tag.of("page");
    texts.get("page", tag, () -> orders.findById("1").toString());
    target.orders.put("1", OLD);
    transactions.complete();
    assertEquals(
        Optional.of(OLD).toString(), texts.get("page", tag, () -> orders.findById("1").toString()));
  }

  @Test
  void aTransactionMayWriteAnyNumberOfThings() {
    orders.findById("1");
    orders.findById("139999");
    transactions.begin();
    for (int i = 0; i < 140_000; i++) {
      orders.save(new Order(Integer.toString(i), "acme", i));
    }
    elsewhere(() -> orders.findById("139999")); // A dirty read.
    target.orders.clear();
    transactions.complete();
    assertEquals(Optional.empty(), orders.findById("1"));
    assertEquals(Optional.empty(), orders.findById("139999"));
    int reads = target.reads.get();
    orders.findById("1");
    assertEquals(reads, target.reads.get()); // Nothing is left pending.
  }

  @Test
  void whatAFormerTransactionWroteIsNotPendingInTheNext() {
    transactions.begin();
    orders.save(NEW);
    transactions.complete();
    transactions.begin();
    orders.save(new Order("2", "globex", 1));
    assertEquals(Optional.of(NEW), elsewhere(() -> orders.findById("1")));
    int reads = target.reads.get();
    elsewhere(() -> orders.findById("1"));
    assertEquals(reads, target.reads.get());
    transactions.complete();
  }

  @Test
  void aWriteOfWhichNobodyWouldHearTheEndIsNotDone() {
    IllegalStateException refusal = new IllegalStateException("no callbacks here");
    OrderRepository refused =
        Wrapped.orders(target, cache)
            .transactions(
                new Transactions() {
                  @Override
                  public boolean active() {
                    return true;
                  }

                  @Override
                  public void afterCompletion(Runnable action) {
                    throw refusal;
                  }
                })
            .build();
    assertSame(refusal, assertThrows(IllegalStateException.class, () -> refused.save(NEW)));
    assertEquals(OLD, target.orders.get("1"));
    orders.findById("1");
    int reads = target.reads.get();
    orders.findById("1");
    assertEquals(reads, target.reads.get()); // Nothing is left pending.
  }

  @Test
  void anErrorOfTheTransactionsLeavesNothingPending() {
    orders.findById("1");
    transactions.begin();
    OrderRepository refused =
        Wrapped.orders(target, cache)
            .transactions(
                new Transactions() {
                  @Override
                  public boolean active() {
                    return true;
                  }

                  @Override
                  public void afterCompletion(Runnable action) {
                    transactions.afterCompletion(action);
                    throw new StackOverflowError("on purpose");
                  }
                })
            .build();
    assertThrows(StackOverflowError.class, () -> refused.save(NEW));
    transactions.complete();
    assertEquals(OLD, target.orders.get("1"));
    int reads = target.reads.get();
    orders.findById("1");
    assertEquals(reads, target.reads.get());
  }

  @Test
  void anErrorOfAnotherActionAfterCompletionLeavesNothingStale() {
    orders.findById("1");
    transactions.begin();
    orders.save(NEW);
    transactions.afterCompletion(
        () -> {
          throw new StackOverflowError("on purpose");
        });
    assertThrows(StackOverflowError.class, transactions::complete);
    assertEquals(Optional.of(NEW), orders.findById("1"));
    int reads = target.reads.get();
    orders.findById("1");
    assertEquals(reads, target.reads.get());
  }

  @Test
  void aReadIsAnsweredWhenNobodyKnowsOfATransaction() {
    OrderRepository unsure =
        Wrapped.orders(target, cache)
            .transactions(
                new Transactions() {
                  @Override
                  public boolean active() {
                    throw new IllegalStateException("closed");
                  }

                  @Override
                  public void afterCompletion(Runnable action) {}
                })
            .build();
    assertEquals(Optional.of(OLD), unsure.findById("1"));
    assertThrows(IllegalStateException.class, () -> unsure.save(NEW));
    assertEquals(OLD, target.orders.get("1"));
  }
}
