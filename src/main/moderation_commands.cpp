#include "main/moderation_commands.h"

#include <array>
#include <vector>

#include <fmt/ranges.h>

#include "app/moderate.h"
#include "store/audit.h"
#include "store/email_blocks.h"
#include "store/people.h"
#include "store/reports.h"

namespace hoopoe {

namespace {

using OnAccount = void (*)(store::Write&, AccountId, const app::Moderation&);

void moderate_account(app::App& app, const json::object& command, OnAccount act) {
  app.db.write_blocking(
      [&](store::Write& write) { act(write, require_account(write, command).id, act_of(command)); });
}

std::string approve(app::App& app, const json::object& command) {
  moderate_account(app, command, app::approve_account);
  return "Approved.\n";
}

std::string warn(app::App& app, const json::object& command) {
  moderate_account(app, command, app::warn_account);
  return "Warned.\n";
}

std::string limit(app::App& app, const json::object& command) {
  moderate_account(app, command, app::limit_account);
  return "Limited: left out of the public timelines.\n";
}

std::string unlimit(app::App& app, const json::object& command) {
  moderate_account(app, command, app::unlimit_account);
  return "The account is in the public timelines again.\n";
}

std::string suspend(app::App& app, const json::object& command) {
  moderate_account(app, command, app::suspend_account);
  return "Suspended: hidden everywhere, signed out.\n";
}

std::string unsuspend(app::App& app, const json::object& command) {
  moderate_account(app, command, app::unsuspend_account);
  return "The account is back.\n";
}

using OnPost = void (*)(store::Write&, PostId, const app::Moderation&);

void moderate_post(app::App& app, const json::object& command, OnPost act) {
  const auto id = PostId::parse(field(command, "id"));
  if (!id) refuse("A post is named by the number at the end of its address.");
  app.db.write_blocking([&](store::Write& write) { act(write, *id, act_of(command)); });
}

std::string take_down(app::App& app, const json::object& command) {
  moderate_post(app, command, app::take_down_post);
  return "Taken down. It can be restored for 30 days.\n";
}

std::string restore(app::App& app, const json::object& command) {
  moderate_post(app, command, app::restore_post);
  return "The post is back.\n";
}

std::string delete_post(app::App& app, const json::object& command) {
  moderate_post(app, command, app::delete_post);
  return "Deleted.\n";
}

std::string block_email(app::App& app, const json::object& command) {
  app.db.write_blocking(
      [&](store::Write& write) { app::block_email(write, field(command, "pattern"), act_of(command)); });
  return "Blocked.\n";
}

std::string unblock_email(app::App& app, const json::object& command) {
  app.db.write_blocking(
      [&](store::Write& write) { app::unblock_email(write, field(command, "pattern"), act_of(command)); });
  return "No longer blocked.\n";
}

std::string list_emails(app::App& app, const json::object&) {
  std::string lines;
  for (const std::string& pattern : app.db.read(store::email_blocks::list)) lines += pattern + "\n";
  return lines;
}

std::string list_reports(app::App& app, const json::object& command) {
  std::string lines;
  app.db.read([&](store::Read& read) {
    const auto after = ReportId::parse(field(command, "after"));
    for (const Report& report : store::reports::open(read, after.value_or(ReportId{}), listed_max)) {
      std::vector<std::string> posts;
      posts.reserve(report.posts.size());
      for (const PostId post : report.posts) posts.push_back(post.str());
      lines += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", report.id.value, name_of(report.category),
                           handle_of(read, report.target), handle_of(read, report.account),
                           posts.empty() ? "-" : fmt::format("{}", fmt::join(posts, ",")),
                           on_one_line(report.comment));
    }
  });
  return lines;
}

std::string close_report(app::App& app, const json::object& command) {
  const auto id = ReportId::parse(field(command, "id"));
  if (!id) refuse("A report is named by its number in the list.");
  app.db.write_blocking([&](store::Write& write) { app::close_report(write, *id, act_of(command)); });
  return "Closed.\n";
}

std::string list_audit(app::App& app, const json::object& command) {
  std::string lines;
  app.db.read([&](store::Read& read) {
    const auto before = AuditId::parse(field(command, "before"));
    const Page page{.max_id = before ? before->value : 0, .limit = listed_max};
    for (const auto& entry : store::audit::list(read, page)) {
      const auto person = entry.person ? store::people::find(read, entry.person) : std::nullopt;
      lines += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", entry.id.value, iso8601(entry.created),
                           person         ? person->email
                           : entry.person ? "somebody who has left"
                                          : "operator",
                           entry.act, handle_of(read, entry.account), entry.post ? entry.post.str() : "-",
                           on_one_line(entry.words));
    }
  });
  return lines;
}

constexpr std::array commands{
    AdminCommand{.name = "account approve", .run = approve},
    AdminCommand{.name = "account warn", .run = warn},
    AdminCommand{.name = "account limit", .run = limit},
    AdminCommand{.name = "account unlimit", .run = unlimit},
    AdminCommand{.name = "account suspend", .run = suspend},
    AdminCommand{.name = "account unsuspend", .run = unsuspend},
    AdminCommand{.name = "post take-down", .run = take_down},
    AdminCommand{.name = "post restore", .run = restore},
    AdminCommand{.name = "post delete", .run = delete_post},
    AdminCommand{.name = "email block", .run = block_email},
    AdminCommand{.name = "email unblock", .run = unblock_email},
    AdminCommand{.name = "email list", .run = list_emails},
    AdminCommand{.name = "report list", .run = list_reports},
    AdminCommand{.name = "report close", .run = close_report},
    AdminCommand{.name = "audit list", .run = list_audit},
};

}  // namespace

std::span<const AdminCommand> moderation_commands() { return commands; }

}  // namespace hoopoe
