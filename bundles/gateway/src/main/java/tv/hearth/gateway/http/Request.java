package tv.hearth.gateway.http;

/**
 * A request's head.
 *
 * @param method as sent; case matters
 * @param uri the request target as sent: origin, absolute or asterisk form
 * @param minor of HTTP/1.x
 * @param fields its header
 * @param local true where it comes from this box itself
 */
public record Request(String method, String uri, int minor, Fields fields, boolean local) {
  /** True for HEAD: the answer's head alone is wanted. */
  public boolean isHead() {
    return method.equals("HEAD");
  }

  /** True for GET. */
  public boolean isGet() {
    return method.equals("GET");
  }
}
