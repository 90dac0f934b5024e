#include "web/security_headers.h"

#include <fmt/format.h>

#include "web/assets.h"

namespace hoopoe::web {

void add_security_headers(net::Response& response, const SecurityOptions& options) {
  response.headers.set(
      "Content-Security-Policy",
      fmt::format("default-src 'none'; style-src {}; script-src 'self'; connect-src 'self'; img-src 'self' "
                  "data:; form-action 'self'{}{}; base-uri 'none'; frame-ancestors {}",
                  style_source(), options.leads_to.empty() ? "" : " ", options.leads_to,
                  options.framed == Framed::anywhere ? "*" : "'none'"));
  response.headers.set("X-Content-Type-Options", "nosniff");
  // To ourselves whole, so that forms say where they stood; to others nothing.
  response.headers.set("Referrer-Policy", "same-origin");
  if (options.opener == Opener::cut_off) response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
}

}  // namespace hoopoe::web
