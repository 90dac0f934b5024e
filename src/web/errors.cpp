#include "web/errors.h"

#include <algorithm>
#include <array>
#include <optional>

#include "app/accounts.h"
#include "base/log.h"
#include "base/refusal.h"
#include "net/rate_limit.h"
#include "text/utf8.h"
#include "web/page.h"
#include "web/paths.h"
#include "web/words.h"

namespace hoopoe::web {

namespace {

// The store may be what failed: then the page is one for nobody in particular.
Context context_of(app::App& app, const net::Request& request) {
  try {
    return make_context(app, request);
  } catch (const std::exception& error) {
    log::error("session of an error page: {}", error.what());
    return {.app = app, .request = request};
  }
}

HtmlPage error_page(int status, std::string_view text) {
  HtmlPage page{.status = status, .title = std::string(title_of_error(status)), .body = "error.html"};
  page.values.set("TITLE", page.title).set("TEXT", text);
  page.values.set("TITLE_PERSIAN", persian_title_of_error(status));
  if (status == 404) page.values.section("TEXT_PERSIAN").set("WORDS", words::not_found_in_persian);
  return page;
}

net::Response render(app::App& app, const net::Request& request, int status, std::string_view text) {
  Context context = context_of(app, request);
  return web::render(context, error_page(status, text));
}

// For nobody in particular: whoever they are is not looked up where all is too much.
net::Response busy_page(app::App& app, const net::Request& request, std::string_view text) {
  Context stranger{.app = app, .request = request};
  net::Response response = web::render(stranger, error_page(503, text));
  response.headers.add("Retry-After", "1");
  return response;
}

// Whether people pass it on.
bool is_public_address(std::string_view path) {
  constexpr std::array<std::string_view, 8> beginnings{"/@",     "/tags/", "/posts/",  "/feed.",
                                                       "/about", "/rules", "/privacy", "/bad-line"};
  return std::ranges::any_of(beginnings,
                             [&](std::string_view beginning) { return path.starts_with(beginning); });
}

// Of an address that took the end of a sentence along, or was cut from a page with too much after it: what is
// before that. Empty when there is none.
std::string without_loose_end(const net::Request& request) {
  constexpr std::u32string_view loose = U"/.,;:!?)]}>*'\" \u00a0»”’…،؛؟۔。\u200b\u200c\u200e\u200f\u2069";
  const text::Located located = text::decode_located(request.path);
  const std::size_t end = located.offsets[located.points.find_last_not_of(loose) + 1];
  if (end == request.path.size() || !is_public_address(request.path.substr(0, end))) return {};
  // In the address as it was sent, where a byte may stand as "%29".
  std::string_view target(request.target);
  const std::size_t query = std::min(target.find('?'), target.size());
  std::string_view path = target.substr(0, query);
  for (std::size_t bytes = request.path.size() - end; bytes > 0; --bytes) {
    const bool is_encoded = path.size() >= 3 && path[path.size() - 3] == '%';
    path.remove_suffix(std::min<std::size_t>(is_encoded ? 3 : 1, path.size()));
  }
  return std::string(path).append(target.substr(query));
}

// Of "/@jack/12/nothing": who has a page all the same.
std::optional<Account> find_author(app::App& app, std::string_view path) {
  if (!path.starts_with("/@")) return std::nullopt;
  try {
    return app::find_account_by_address(app, path.substr(2, path.substr(2).find('/')));
  } catch (const std::exception& error) {
    log::error("author for an error page: {}", error.what());
    return std::nullopt;
  }
}

}  // namespace

net::Response render_error(app::App& app, const net::Request& request, const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const net::TooMany& refusal) {
    net::Response response = render(app, request, net::status_of(refusal.kind), refusal.what());
    const auto wait = std::chrono::ceil<std::chrono::seconds>(refusal.verdict.reset - app.clock.now());
    response.headers.add("Retry-After", std::to_string(wait.count()));
    return response;
  } catch (const Refusal& refusal) {
    if (refusal.kind == RefusalKind::not_found) return not_found_page(app, request);
    if (refusal.kind == RefusalKind::unavailable) return busy_page(app, request, refusal.what());
    return render(app, request, net::status_of(refusal.kind), without_prefix(refusal.what()));
  } catch (const std::exception& failure) {
    log::error("{} {}: {}", name(request.method), request.path, failure.what());
  } catch (...) {
    log::error("{} {}: something that is no exception", name(request.method), request.path);
  }
  return render(app, request, 500, words::our_fault);
}

net::Response not_found_page(app::App& app, const net::Request& request) {
  const bool is_read = request.method == net::Method::get || request.method == net::Method::head;
  const std::string cleaned = is_read ? local_path(without_loose_end(request), "") : "";
  if (!cleaned.empty()) return redirect(301, cleaned);
  Context context = context_of(app, request);
  HtmlPage page = error_page(404, words::not_found);
  if (const auto author = find_author(app, request.path)) {
    page.values.section("AUTHOR").set("URL", path_of(*author)).set("HANDLE", author->handle);
  }
  return web::render(context, std::move(page));
}

net::Response method_not_allowed_page(app::App& app, const net::Request& request, std::string_view allow) {
  net::Response response = render(app, request, 405, words::method_not_allowed);
  response.headers.add("Allow", allow);
  return response;
}

}  // namespace hoopoe::web
