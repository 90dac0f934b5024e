#include "web/errors.h"

#include "base/log.h"
#include "base/refusal.h"
#include "net/rate_limit.h"
#include "web/page.h"
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

net::Response render(Context& context, int status, std::string_view text) {
  HtmlPage page{.status = status, .title = std::string(title_of_error(status)), .body = "error.html"};
  page.values.set("TITLE", page.title).set("TEXT", text);
  return web::render(context, std::move(page));
}

net::Response render(app::App& app, const net::Request& request, int status, std::string_view text) {
  Context context = context_of(app, request);
  return render(context, status, text);
}

// For nobody in particular: whoever they are is not looked up where all is too much.
net::Response busy_page(app::App& app, const net::Request& request, std::string_view text) {
  Context stranger{.app = app, .request = request};
  net::Response response = render(stranger, 503, text);
  response.headers.add("Retry-After", "1");
  return response;
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
  return render(app, request, 404, words::not_found);
}

net::Response method_not_allowed_page(app::App& app, const net::Request& request, std::string_view allow) {
  net::Response response = render(app, request, 405, words::method_not_allowed);
  response.headers.add("Allow", allow);
  return response;
}

}  // namespace hoopoe::web
