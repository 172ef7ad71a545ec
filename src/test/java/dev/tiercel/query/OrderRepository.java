package dev.tiercel.query;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** A repository as somebody might have it. */
public interface OrderRepository {
  Optional<Order> findById(String id);

  List<Order> findByCustomer(String customer);

  int total(String customer, boolean open) throws TimeoutException;

  Order save(Order order);

  /** Draws an id. */
  Order create(String customer, int cents);

  void delete(String id) throws TimeoutException;

  long nextInvoiceNumber();

  default Order require(String id) {
    return findById(id).orElseThrow();
  }
}
