package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.message.RequestFields;
import io.github.jsendfile.http.message.RequestHead;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Keeps pages of other sites from writing here with their visitors' browsers. Pure.
///
/// Every browser says where a request that writes comes from, in `Sec-Fetch-Site` or `Origin`; what
/// says neither (curl) is no browser and has no visitor to deceive.
final class OriginGuard {
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private OriginGuard() {}

  /// May a request that writes be done?
  static boolean allows(RequestHead head) {
    RequestFields fields = head.fields();
    String site = fields.value("Sec-Fetch-Site");
    if (site != null) {
      return OWN_SITES.contains(site);
    }
    String source = fields.value("Origin");
    return isOurs(source == null ? fields.value(HttpHeader.REFERER) : source, head.authority());
  }

  private static boolean isOurs(@Nullable String source, @Nullable String own) {
    if (source == null) {
      return true;
    }
    String text = source.toLowerCase(Locale.ROOT);
    int start = text.indexOf("://");
    if (start < 0 || own == null) {
      return false; // `null` is the origin of a sandboxed page
    }
    int end = text.indexOf('/', start + 3);
    String authority = text.substring(start + 3, end < 0 ? text.length() : end);
    return authority.equals(own.toLowerCase(Locale.ROOT));
  }
}
