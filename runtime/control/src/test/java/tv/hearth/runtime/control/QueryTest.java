package tv.hearth.runtime.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import tv.hearth.vendor.objects.Shelf;

class QueryTest {
  private static Query query(String query) {
    return new Query(URI.create("http://h/put" + query));
  }

  @Test
  void valuesAreDecoded() {
    Query query = query("?name=a%20b+c%26%3D%C3%BC&path=/x=y&empty=&=nameless&alone");
    assertEquals("a b c&=ü", query.need("name"));
    assertEquals("/x=y", query.need("path"));
    assertEquals("", query.need("empty"));
    assertEquals("home", query.get("class", "home"));
    assertEquals("none", query.get("alone", "none"));
    assertEquals("none", query("").get("name", "none"));
    assertEquals("none", query("?").get("name", "none"));
  }

  @Test
  void aMissingParameterIsNamed() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> query("?a=b").need("name"));
    assertEquals("parameter 'name' is missing", thrown.getMessage());
  }

  @Test
  void shelvesAreNamedExactly() {
    assertEquals(Shelf.HOUSEHOLD, query("").shelf());
    assertEquals(Shelf.HOUSEHOLD, query("?shelf=household").shelf());
    assertEquals(Shelf.CATALOGUE, query("?shelf=catalogue&name=x").ref().shelf());
    assertEquals("x", query("?shelf=catalogue&name=x").ref().name());
    assertThrows(IllegalArgumentException.class, () -> query("?shelf=catalog").shelf());
  }
}
