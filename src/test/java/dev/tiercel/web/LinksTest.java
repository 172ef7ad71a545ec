package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.Page;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The links of a page by its number lead to pages that there are, and that may be asked for. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("<\\?page=(\\d+)>; rel=\"([a-z]+)\"");

  private static String links(String query, int page, long total, int deepest) throws Exception {
    return Links.of(
        QueryString.parse(query, Set.of("limit", "text", "page")),
        new NumberedPage<>(List.of(), page, 10, total),
        deepest);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 30, 100, first 1 prev 1 next 3 last 3",
    "1, 30, 100, first 1 next 2 last 3",
    "3, 30, 100, first 1 prev 2 last 3",
    "9, 30, 100, first 1 prev 3 last 3",
    "1, 0, 100, first 1 last 1",
    "2, 0, 100, first 1 prev 1 last 1",
    "1, 10, 100, first 1 last 1",
    "2, 30, 3, first 1 prev 1 next 3 last 3",
    "2, 30, 2, first 1 prev 1",
    "1, 30, 2, first 1 next 2",
  })
  void everyLinkLeadsSomewhere(int page, long total, int deepest, String expected)
      throws Exception {
    StringBuilder found = new StringBuilder();
    Matcher link = LINK.matcher(links("page=" + page, page, total, deepest));
    while (link.find()) {
      found.append(' ').append(link.group(2)).append(' ').append(link.group(1));
    }
    assertEquals(expected, found.substring(1));
  }

  @Test
  void theOtherParametersAreKept() throws Exception {
    assertEquals(
        "<?limit=10&text=a+%26b&page=1>; rel=\"first\", <?limit=10&text=a+%26b&page=1>;"
            + " rel=\"last\"",
        links("page=1&limit=10&text=a%20%26b", 1, 5, 100));
  }

  @Test
  void aPageWithoutNeighboursLeadsToTheFirst() throws Exception {
    assertEquals(
        "<?>; rel=\"first\"",
        Links.of(
            QueryString.parse("", Set.of()),
            new Page<>(List.of(), Optional.empty(), Optional.empty(), OptionalLong.empty())));
  }
}
