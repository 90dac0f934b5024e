#include "web/moderation.h"

#include <algorithm>

#include "store/accounts.h"
#include "store/audit.h"
#include "store/email_blocks.h"
#include "store/people.h"
#include "store/photos.h"
#include "store/posts.h"
#include "store/reports.h"
#include "store/takedowns.h"
#include "text/html.h"
#include "web/form_errors.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/times.h"

namespace hoopoe::web {

namespace {

constexpr int reports_shown_max = 40;
constexpr int asking_shown_max = 40;
constexpr int acts_shown_max = 40;  // about one account

std::string_view describe(ReportCategory category) {
  switch (category) {
    case ReportCategory::spam:
      return "Spam";
    case ReportCategory::legal:
      return "Against the law";
    case ReportCategory::violation:
      return "Against the rules";
    case ReportCategory::other:
      break;
  }
  return "Something else";
}

std::string handle_of(store::Read& read, AccountId id) {
  const auto account = store::accounts::find(read, id);
  return account ? account->handle : "";
}

void fill_entry(Values& row, store::Read& read, const store::audit::Entry& entry) {
  row.set("ISO", iso8601(entry.created)).set("WHEN", full_time(entry.created)).set("ACT", entry.act);
  if (entry.account) {
    row.section("ON").set("ACCOUNT", entry.account.str()).set("HANDLE", handle_of(read, entry.account));
  }
  if (entry.post) row.section("POST").set("ID", entry.post.str());
  const auto by = entry.person ? store::people::first_account(read, entry.person) : std::nullopt;
  if (by) {
    row.section("BY").set("HANDLE", handle_of(read, *by));
  } else {
    row.section(entry.person ? "LEFT" : "COMMAND");
  }
  if (!entry.words.empty()) row.section("WHY").set("WORDS", entry.words);
}

void add_log(Values& values, store::Read& read, const std::vector<store::audit::Entry>& entries) {
  Values& log = values.include("LOG", "log.html");
  for (const store::audit::Entry& entry : entries) fill_entry(log.section("ENTRY"), read, entry);
  if (entries.empty()) log.section("EMPTY");
}

void fill_words(Values& values, const ModeratedPost& found, PhotoLoading loading) {
  if (!found.post.warning.empty()) values.section("WARNING").set("TEXT", found.post.warning);
  values.set_html("TEXT_HTML", render_words(found.post.text));
  add_photos(values, found.photos, {.loading = loading, .cover = PhotoCover::judged});
}

void fill_reported_post(Values& row, store::Read& read, PostId id, PhotoLoading loading) {
  row.set("POST_ID", id.str());
  const auto found = find_moderated_post(read, id);
  if (!found) {
    row.section("GONE");
    return;
  }
  fill_words(row.section("WORDS"), *found, loading);
  if (found->taken_down) row.section("TAKEN_DOWN");
}

void fill_report(Values& row, store::Read& read, const Report& report, PhotoLoading loading) {
  row.set("ID", report.id.str()).set("CATEGORY", describe(report.category));
  row.set("ACCOUNT", report.target.str()).set("HANDLE", handle_of(read, report.target));
  row.set("BY", handle_of(read, report.account));
  row.set("ISO", iso8601(report.created)).set("WHEN", full_time(report.created));
  if (!report.comment.empty()) row.section("COMMENT").set("WORDS", report.comment);
  for (const PostId post : report.posts) fill_reported_post(row.section("POST"), read, post, loading);
}

// Without those about the moderator who looks.
void add_reports(Values& values, store::Read& read, const Context& context) {
  const auto after = ReportId::parse(context.value("after")).value_or(ReportId{});
  std::vector<Report> reports = store::reports::open(read, after, reports_shown_max);
  if (reports.size() == reports_shown_max) {
    values.section("MORE_REPORTS").set("URL", "/moderation?after=" + reports.back().id.str());
  }
  std::erase_if(reports, [&](const Report& report) { return report.target == context.viewer(); });
  for (const Report& report : reports) {
    fill_report(values.section("REPORT"), read, report, photo_loading(context.request));
  }
  if (reports.empty()) values.section("NO_REPORTS");
}

void add_asking(Values& values, store::Read& read) {
  const auto waiting = store::people::waiting(read, {}, asking_shown_max);
  if (waiting.empty()) return;
  Values& asking = values.section("ASKING");
  for (const auto& [account, person] : waiting) {
    Values& row = asking.section("PERSON").set("ACCOUNT", account.str()).set("EMAIL", person.email);
    row.set("HANDLE", handle_of(read, account));
    row.set("ISO", iso8601(person.created)).set("WHEN", full_time(person.created));
    if (!person.reason.empty()) row.section("REASON").set("WORDS", person.reason);
  }
}

// {{>FORM}}: the choices, with what was chosen and written when the form was refused.
template <class IdType>
void add_form(Values& values, Context& context, std::string_view who_reads,
              const std::vector<ModerationAct<IdType>>& acts, const Refusal* refusal) {
  Values& form = values.include("FORM", "moderation_form.html");
  // It posts to the address of its page.
  form.set("CSRF", form_token(context)).set("ACTION", context.request.path).set("WHO_READS", who_reads);
  form.set_html("REASON_HTML", text::escape(context.value("reason")));
  for (const ModerationAct<IdType>& act : acts) {
    Values& choice = form.section("ACT").set("VALUE", act.name).set("WORDS", act.words);
    if (context.value("act") == act.name) choice.section("CHOSEN");
  }
  if (refusal != nullptr) add_errors(form, *refusal);
}

void fill_states(Values& values, const Account& account, const std::optional<Person>& owner) {
  const auto add = [&](std::string_view words) { values.section("STATE").set("WORDS", words); };
  if (account.deleted) add("deleted");
  if (account.suspended) add("suspended");
  if (account.limited) add("limited");
  if (owner && !owner->approved) add("waits to be let in");
  if (owner && owner->role != Role::person) add(name_of(owner->role));
}

int status_of(const Refusal* refusal) { return refusal != nullptr ? net::status_of(refusal->kind) : 200; }

}  // namespace

void require_moderator(const Context& context) {
  if (!context.is_moderator()) throw Refusal(RefusalKind::not_found, "Record not found");
}

std::vector<ModerationAct<AccountId>> acts_on(const Account& account, bool is_waiting) {
  using Act = ModerationAct<AccountId>;
  if (account.deleted) return {};
  std::vector<Act> acts;
  if (is_waiting) {
    acts.push_back({"approve", "Let them in", app::approve_account});
    acts.push_back({"reject", "Turn them away: the account is deleted", app::turn_away_account});
  }
  acts.push_back({"warn", "Warn: they get your words as a notice", app::warn_account});
  acts.push_back(account.limited
                     ? Act{"unlimit", "Undo the limit", app::unlimit_account}
                     : Act{"limit", "Limit: left out of the public timelines", app::limit_account});
  acts.push_back(account.suspended
                     ? Act{"unsuspend", "Undo the suspension", app::unsuspend_account}
                     : Act{"suspend", "Suspend: hidden everywhere, signed out", app::suspend_account});
  return acts;
}

std::vector<ModerationAct<PostId>> acts_on(PostStanding standing) {
  if (standing == PostStanding::taken_down) {
    return {{"restore", "Restore: it is back as it was", app::restore_post},
            {"delete", "Delete for good, now", app::delete_post}};
  }
  return {{"take-down", "Take down: gone for all, can be restored for 30 days", app::take_down_post},
          {"delete", "Delete for good", app::delete_post}};
}

std::optional<ModeratedPost> find_moderated_post(store::Read& read, PostId id) {
  auto post = store::posts::find(read, id);
  const auto takedown = store::takedowns::find(read, id);
  if (!post || post->repost_of || (post->deleted && !takedown)) return std::nullopt;
  std::vector<Photo> photos;
  if (is_for_all(post->visibility)) {
    for (store::photos::Shown& shown : store::photos::of_posts(read, {id})) {
      photos.push_back(std::move(shown.photo));
    }
  } else {
    // The words that were reported alone, and not what it says to others by now.
    const auto seen = store::reports::reported_revision(read, id);
    std::vector<Revision> revisions = seen ? store::posts::revisions(read, id) : std::vector<Revision>{};
    const auto words = std::ranges::find(revisions, seen, &Revision::number);
    if (words == revisions.end()) return std::nullopt;
    post->text = words->text;
    post->warning = words->warning;
    photos = std::move(words->photos);
  }
  return ModeratedPost{.post = *std::move(post),
                       .photos = std::move(photos),
                       .taken_down = takedown ? std::optional(takedown->created) : std::nullopt};
}

ModeratedPost moderated_post(store::Read& read, PostId id) {
  auto found = find_moderated_post(read, id);
  if (!found) throw Refusal(RefusalKind::not_found, "Record not found");
  return *std::move(found);
}

net::Response show_account(Context& context, AccountId id, const Refusal* refusal) {
  HtmlPage page{.status = status_of(refusal), .title = "Moderation", .body = "moderation_account.html"};
  Values& values = page.values;
  context.app.db.read([&](store::Read& read) {
    const auto account = store::accounts::find(read, id);
    if (!account) throw Refusal(RefusalKind::not_found, "Record not found");
    const auto owner = store::people::find_owner(read, id);
    values.set("HANDLE", account->handle).set("ISO", iso8601(account->created));
    values.set("JOINED", full_time(account->created)).set("POSTS", account->counts.posts);
    values.set("FOLLOWERS", account->counts.followers);
    if (account->is_shown()) {
      values.section("SHOWN").set("URL", path_of(*account)).set("NAME", account->shown_name());
    }
    fill_states(values, *account, owner);
    const auto acts = acts_on(*account, owner && !owner->approved);
    if (!acts.empty()) {
      add_form(values, context, "It is written down. Who is warned or limited reads it.", acts, refusal);
    }
    add_log(values, read, store::audit::about(read, id, acts_shown_max));
  });
  return render(context, std::move(page));
}

net::Response show_post(Context& context, PostId id, const Refusal* refusal) {
  HtmlPage page{.status = status_of(refusal), .title = "Moderation", .body = "moderation_post.html"};
  Values& values = page.values;
  context.app.db.read([&](store::Read& read) {
    const ModeratedPost found = moderated_post(read, id);
    const Post& post = found.post;
    const auto author = store::accounts::find(read, post.author);
    values.set("ACCOUNT", post.author.str()).set("HANDLE", author->handle);
    values.set("ISO", iso8601(post.created)).set("WHEN", full_time(post.created));
    fill_words(values, found, photo_loading(context.request));
    if (!found.taken_down) values.section("SHOWN").set("URL", path_of(*author, id));
    if (found.taken_down) {
      const Time until = *found.taken_down + app::takedown_undoable;
      values.section("TAKEN_DOWN").set("ISO", iso8601(until)).set("UNTIL", full_time(until));
    }
    add_form(values, context, "It is written down. The author reads why a post goes.",
             acts_on(found.standing()), refusal);
    add_log(values, read, store::audit::about(read, post.author, acts_shown_max));
  });
  return render(context, std::move(page));
}

net::Response show_emails(Context& context, const Refusal* refusal) {
  HtmlPage page{
      .status = status_of(refusal), .title = "Blocked e-mail addresses", .body = "moderation_emails.html"};
  page.values.set("CSRF", form_token(context))
      .set("PATTERN", refusal != nullptr ? context.value("pattern") : "");
  for (const std::string& pattern : context.app.db.read(store::email_blocks::list)) {
    page.values.section("BLOCKED").set("PATTERN", pattern);
  }
  if (refusal != nullptr) add_errors(page.values, *refusal);
  return render(context, std::move(page));
}

net::Task<net::Response> moderation(Context& context) {
  require_moderator(context);
  HtmlPage page{.title = "Moderation", .body = "moderation.html"};
  context.app.db.read([&](store::Read& read) {
    add_reports(page.values, read, context);
    add_asking(page.values, read);
  });
  co_return render(context, std::move(page));
}

net::Task<net::Response> moderation_log(Context& context) {
  require_moderator(context);
  const Page wanted = read_page(context);
  HtmlPage page{.title = "What was done", .body = "moderation_log.html"};
  context.app.db.read([&](store::Read& read) {
    const auto entries = store::audit::list(read, wanted);
    add_log(page.values, read, entries);
    std::vector<AuditId> ids;
    std::ranges::transform(entries, std::back_inserter(ids), &store::audit::Entry::id);
    add_pager(page.values, wanted, covered_by(ids, wanted), "/moderation/log");
  });
  co_return render(context, std::move(page));
}

net::Task<net::Response> moderation_emails(Context& context) {
  require_moderator(context);
  co_return show_emails(context, nullptr);
}

net::Task<net::Response> moderation_of_account(Context& context) {
  require_moderator(context);
  co_return show_account(context, captured_id<AccountId>(context), nullptr);
}

net::Task<net::Response> moderation_of_post(Context& context) {
  require_moderator(context);
  co_return show_post(context, captured_id<PostId>(context), nullptr);
}

}  // namespace hoopoe::web
