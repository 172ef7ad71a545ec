package dev.tiercel.task;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of a listing and the way to its neighbours. Page 10,000 costs what page 1 costs.
 *
 * @param items the items in the order of the query; immutable
 * @param next where the next page starts; empty when nothing followed. On a page that was reached
 *     backward it is always there: it leads back to where the reader came from, though what stood
 *     there may be deleted meanwhile
 * @param previous where the previous page ends; empty on the first page. That page may be empty
 *     when everything before was deleted meanwhile
 * @param total how many items the whole listing had, when the query asked for it
 * @param <T> the type of the items
 */
public record Page<T>(
    List<T> items, Optional<Cursor> next, Optional<Cursor> previous, OptionalLong total) {

  /** Creates a page; the items are copied unless they are immutable already. */
  public Page {
    items = List.copyOf(items);
  }
}
