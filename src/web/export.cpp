#include "app/export.h"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "web/export_format.h"
#include "web/pages.h"
#include "web/security_headers.h"

namespace hoopoe::web {

namespace {

// What is short is sent together; a piece is at most this and one slice.
constexpr std::size_t piece_bytes = std::size_t{16} * 1024;

// One file on its way, which outlives the request's context.
class Download {
 public:
  Download(app::App& app, const app::Actor& actor, const ExportFormat& format,
           const app::ExportedProfile& profile, net::Admissions::Ticket ticket)
      : app_(app),
        actor_(actor),
        format_(format),
        piece_(format.head(app, profile)),
        ticket_(std::move(ticket)) {}

  // A net::BodySource.
  net::Task<std::optional<std::string>> next() {
    while (at_ < app::export_parts.size() && piece_.size() < piece_bytes) co_await add_slice();
    if (at_ == app::export_parts.size() && !std::exchange(ended_, true)) piece_ += format_.foot();
    if (piece_.empty()) co_return std::nullopt;
    co_return std::exchange(piece_, {});
  }

 private:
  net::Task<void> add_slice() {
    const app::ExportPart part = app::export_parts.at(at_);
    const app::ExportSlice slice = co_await app::export_slice(app_, actor_, part, before_);
    before_ = slice.next;
    if (!slice.entries.empty()) {
      if (written_ == 0) piece_ += format_.open(part);
      piece_ += format_.entries(app_, slice.entries, written_);
      written_ += slice.entries.size();
    }
    if (before_ != 0) co_return;
    piece_ += std::exchange(written_, 0) == 0 ? format_.none(part) : format_.close(part);
    ++at_;
  }

  app::App& app_;
  const app::Actor actor_;
  const ExportFormat& format_;
  std::string piece_;        // written and not yet sent
  std::size_t at_ = 0;       // among export_parts
  std::int64_t before_ = 0;  // where its next slice starts
  std::size_t written_ = 0;  // of its entries
  bool ended_ = false;
  net::Admissions::Ticket ticket_;
};

net::Response download(Context& context, const ExportFormat& format) {
  const SignedIn& me = context.me();
  net::Admissions::Ticket ticket = context.limits->begin_export(me.account.id);
  const app::ExportedProfile profile = app::export_profile(context.app, me.actor);
  net::Response response;
  response.headers.add("Content-Type", format.content_type);
  response.headers.add("Content-Disposition", fmt::format("attachment; filename=\"{}-hoopoe.{}\"",
                                                          me.account.handle, format.ending));
  response.headers.add("Cache-Control", "private, no-store");
  add_security_headers(response, {});
  // Shared by the copies of the answer's function.
  const auto file = std::make_shared<Download>(context.app, me.actor, format, profile, std::move(ticket));
  response.source = [file] { return file->next(); };
  return response;
}

}  // namespace

net::Task<net::Response> export_json(Context& context) { co_return download(context, export_as_json); }

net::Task<net::Response> export_html(Context& context) { co_return download(context, export_as_html); }

}  // namespace hoopoe::web
