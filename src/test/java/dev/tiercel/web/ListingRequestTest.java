package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskOrder;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskStatus;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query string asks for, up to each bound and not beyond. */
class ListingRequestTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private static ListingRequest page(String raw) throws BadParameterException {
    return ListingRequest.page(raw, 50, 1_000);
  }

  private static void assertRefused(String raw, String why) {
    BadParameterException refusal = assertThrows(BadParameterException.class, () -> page(raw), raw);
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(why), message);
  }

  @Test
  void aPageHasAsManyTasksAsAreAskedForWithinItsBound() throws Exception {
    assertEquals(50, page("").query().limit());
    assertEquals(TaskQuery.DEFAULT_LIMIT, ListingRequest.page("", 500, 1_000).query().limit());
    assertEquals(1, page("limit=1").query().limit());
    assertEquals(50, page("limit=50").query().limit());
    assertRefused("limit=0", "limit is '0', it must be a whole number from 1 to 50");
    assertRefused("limit=51", "from 1 to 50");
    assertRefused("limit=-1", "from 1 to 50");
  }

  @Test
  void pagesByNumberGoAsDeepAsTheyMay() throws Exception {
    assertEquals(0, page("limit=50").page());
    assertEquals(20, page("limit=50&page=20").page());
    assertRefused("limit=50&page=21", "page is '21', it must be a whole number from 1 to 20");
    assertEquals(1, ListingRequest.page("limit=50&page=1", 50, 10).page());
    assertThrows(BadParameterException.class, () -> ListingRequest.page("limit=50&page=2", 50, 10));
  }

  @Test
  void everyConditionIsTaken() throws Exception {
    assertEquals(TaskQuery.all().limit(50), page("").query());
    assertEquals(
        TaskQuery.forAgent("a b").order(TaskOrder.URGENT_FIRST).limit(50),
        page("agent=a+b&order=Urgent_first").query());
    assertEquals(
        Set.of(TaskStatus.PENDING, TaskStatus.COMPLETED),
        page("status=pending,COMPLETED").query().statuses());
    assertEquals(
        new TaskFilter(TIME, TIME.plusSeconds(1), 3, "x"),
        page("createdFrom=" + TIME + "&createdBefore=2026-01-01T00:00:01Z&minPriority=3&text=x")
            .query()
            .filter());
    assertEquals(
        new TaskFilter(null, TIME, null, null), page("createdBefore=" + TIME).query().filter());
    assertEquals(
        new TaskFilter(TIME, null, null, null), page("createdFrom=" + TIME).query().filter());
    assertEquals(Integer.MIN_VALUE, page("minPriority=-2147483648").query().filter().minPriority());
    assertEquals(Integer.MAX_VALUE, page("minPriority=2147483647").query().filter().minPriority());
    assertTrue(page("total=true").query().withTotal());
    assertFalse(page("total=false").query().withTotal());
    assertRefused(
        "createdFrom=" + TIME + "&createdBefore=" + TIME,
        "createdBefore must be after createdFrom");
    assertRefused("minPriority=2147483648", "from -2147483648 to 2147483647");
    assertRefused("total=yes", "total is 'yes', it must be true or false");
  }

  @Test
  void aStreamHasAsManyTasksAsAreAskedFor() throws Exception {
    assertEquals(Integer.MAX_VALUE, ListingRequest.stream("").most());
    assertEquals(1, ListingRequest.stream("limit=1").most());
    assertEquals(0, ListingRequest.stream("limit=7").page());
    ListingRequest none = ListingRequest.stream("limit=0");
    assertThrows(BadParameterException.class, none::most);
  }

  @ParameterizedTest
  @CsvSource({
    "text=%41, A",
    "text=a%2Bb, a+b",
    "text=a+b, a b",
    "text==a, =a",
    "text=%c3%A4, ä",
    "%74ext=x, x",
    "&&text=x&, x"
  })
  void whatIsEscapedIsRead(String raw, String text) throws Exception {
    assertEquals(text, page(raw).query().filter().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text=%", "text=%4", "text=a%4", "text=%4g", "text=%g4", "text=%%41"})
  void whatIsHalfEscapedIsNot(String raw) {
    assertRefused(raw, "a % must be followed by two hexadecimal digits: '" + raw.substring(5));
  }

  @Test
  void anUnknownParameterIsNamedWithThoseThatThereAre() {
    assertRefused(
        "x=1",
        "there is no parameter 'x'; there are agent, createdBefore, createdFrom, cursor, limit,"
            + " minPriority, order, page, status, text, total");
    assertRefused("=x", "there is no parameter ''; there are agent");
    assertRefused("limit", "limit is ''");
    assertRefused("text=a&text=b&text=c", "text stands 3 times; give it once");
  }
}
