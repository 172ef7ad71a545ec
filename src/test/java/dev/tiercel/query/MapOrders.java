package dev.tiercel.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps orders in a map, and counts how often it is asked. */
class MapOrders implements OrderRepository {
  final Map<String, Order> orders = new ConcurrentSkipListMap<>();
  final AtomicInteger reads = new AtomicInteger();
  final AtomicLong numbers = new AtomicLong();

  /** Has the next call of a method that may throw do so, after its work. */
  TimeoutException failure;

  @Override
  public Optional<Order> findById(String id) {
    reads.incrementAndGet();
    return Optional.ofNullable(orders.get(id));
  }

  @Override
  public List<Order> findByCustomer(String customer) {
    reads.incrementAndGet();
    return new ArrayList<>(
        orders.values().stream().filter(order -> order.customer().equals(customer)).toList());
  }

  @Override
  public int total(String customer, boolean open) throws TimeoutException {
    int total = findByCustomer(customer).stream().mapToInt(Order::cents).sum();
    fail();
    return total;
  }

  @Override
  public Order save(Order order) {
    orders.put(order.id(), order);
    return order;
  }

  @Override
  public Order create(String customer, int cents) {
    return save(new Order("new-" + numbers.incrementAndGet(), customer, cents));
  }

  @Override
  public void delete(String id) throws TimeoutException {
    orders.remove(id);
    fail();
  }

  private void fail() throws TimeoutException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public long nextInvoiceNumber() {
    return numbers.incrementAndGet();
  }
}
