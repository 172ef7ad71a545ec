package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.PendingWrite;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.util.ArrayList;
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
  private final Ledger ledger = Ledger.of(cache);
  private final List<PendingWrite> full = new ArrayList<>();
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
    long before = Ledger.of(cache).seq();
    texts.get("page", tag, () -> orders.findById("1").toString());
    assertEquals(before, Ledger.of(cache).seq(), "on a durable ledger a commit would be refused");
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
    for (int i = 0; i < 140_500; i++) {
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
  void whatItWroteIsMadeKnownAtOnce() {
    transactions.begin();
    for (int i = 0; i < 50; i++) {
      orders.save(new Order(Integer.toString(i), "customer-" + i, i));
    }
    long before = ledger.seq();
    transactions.complete();
    assertEquals(before + 1, ledger.seq());
  }

  @Test
  void moreThanCanBeMadeKnownAtOnceVoidsNothingElse() {
    orders.findById("other");
    transactions.begin();
    for (int i = 0; i < 400; i++) {
      orders.save(new Order(Integer.toString(i), "acme", i));
    }
    long before = ledger.seq();
    transactions.complete();
    assertEquals(before + 2, ledger.seq());
    int reads = target.reads.get();
    orders.findById("other");
    assertEquals(reads, target.reads.get());
    assertEquals(399, orders.findById("399").orElseThrow().cents());
  }

  @Test
  void whatTheLedgerHasNoRoomToMarkIsMadeKnownAfterTheCommitToo() {
    MapOrders crowded =
        new MapOrders() {
          @Override
          public Order save(Order order) {
            Order saved = super.save(order);
            List<PendingWrite> others = new ArrayList<>();
            assertThrows(IllegalStateException.class, () -> beginForEver(others));
            full.addAll(others);
            return saved;
          }
        };
    OrderRepository cached = Wrapped.orders(crowded, cache).transactions(transactions).build();
    transactions.begin();
    Order made = cached.create("acme", 7);
    full.forEach(PendingWrite::rolledBack);
    cached.save(NEW);
    full.forEach(PendingWrite::rolledBack);
    crowded.orders.clear(); // What others see before the commit.
    for (String id : List.of("1", made.id())) {
      assertEquals(Optional.empty(), elsewhere(() -> cached.findById(id)));
    }
    assertEquals(List.of(), elsewhere(() -> cached.findByCustomer("acme")));
    crowded.orders.put("1", NEW);
    crowded.orders.put(made.id(), made);
    assertThrows(IllegalStateException.class, () -> beginForEver(full));
    transactions.complete();
    full.forEach(PendingWrite::rolledBack);
    assertEquals(Optional.of(NEW), cached.findById("1"));
    assertEquals(Optional.of(made), cached.findById(made.id()));
    assertEquals(List.of(NEW, made), cached.findByCustomer("acme"));
    int reads = crowded.reads.get();
    cached.findById("1");
    cached.findByCustomer("acme");
    assertEquals(reads, crowded.reads.get()); // Nothing is left pending.
  }

  private void beginForEver(List<PendingWrite> begun) {
    while (true) {
      begun.add(ledger.begin(Tag.of("elsewhere")));
    }
  }

  @Test
  void nothingIsKeptOfATransactionThatHasCompleted() {
    Surroundings around = Surroundings.of(cache, OrderRepository.class, transactions);
    transactions.begin();
    around.transaction();
    transactions.complete();
    assertNull(around.current().get());
  }

  @Test
  void anotherThreadMayCompleteATransaction() {
    List<Runnable> actions = new ArrayList<>();
    Surroundings around =
        Surroundings.of(
            cache,
            OrderRepository.class,
            new Transactions() {
              @Override
              public boolean active() {
                return true;
              }

              @Override
              public void afterCompletion(Runnable action) {
                actions.add(action);
              }
            });
    TransactionWrites former = around.transaction();
    assertSame(former, around.transaction());
    CompletableFuture.runAsync(actions.get(0)).join();
    TransactionWrites next = around.transaction();
    assertNotSame(former, next);
    actions.get(0).run(); // Once more, and late.
    assertSame(next, around.transaction());
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
