#include <ranges>

#include <fmt/format.h>

#include "base/id_source.h"
#include "web/assets.h"
#include "web/export_format.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/times.h"
#include "web/words.h"

// Every piece is a part of export.html, which is filled one part at a time.
namespace hoopoe::web {

namespace {

constexpr std::string_view page = "export.html";
constexpr const char* words_template = "export_words.html";

std::string_view title_of(app::ExportPart part) {
  switch (part) {
    case app::ExportPart::following:
      return "Whom you follow";
    case app::ExportPart::followers:
      return "Who follows you";
    case app::ExportPart::requests_made:
      return "Whom you asked to follow";
    case app::ExportPart::requests_received:
      return "Who asks to follow you";
    case app::ExportPart::blocks:
      return "Whom you blocked";
    case app::ExportPart::mutes:
      return "Whom you muted";
    case app::ExportPart::conversation_mutes:
      return "Conversations you muted";
    case app::ExportPart::bookmarks:
      return "Bookmarks";
    case app::ExportPart::favourites:
      return "Favourites";
    case app::ExportPart::reports:
      return "What you reported";
    case app::ExportPart::strikes:
      return "What moderators told you";
    case app::ExportPart::held:
      return "Posts that wait for a moderator";
    case app::ExportPart::posts:
      return "Posts";
  }
  return "";
}

std::string_view describe(StrikeKind kind) {
  switch (kind) {
    case StrikeKind::warning:
      return "A warning";
    case StrikeKind::post_taken_down:
      return "A post was taken down";
    case StrikeKind::limited:
      return "The account was left out of public timelines";
    case StrikeKind::post_turned_down:
      return "A post that had waited was turned down";
  }
  return "";
}

void set_time(Values& values, Time time) { values.set("ISO", iso8601(time)).set("WHEN", full_time(time)); }

void fill_account(Values& values, const app::App& app, const Account& account) {
  values.set("URL", app::url_of(app, account))
      .set("NAME", account.shown_name())
      .set("HANDLE", account.handle);
}

void fill_place(Values& values, const app::App& app, const app::PostPlace& place) {
  values.set("URL", app::url_of(app, place));
  if (place.author) values.section("BY").set("HANDLE", place.author->handle);
}

void fill_words(Values& values, const app::App& app, const std::vector<Mention>& named,
                const Revision& revision) {
  if (!revision.warning.empty()) values.section("WARNING").set("WORDS", revision.warning);
  if (!revision.language.empty()) values.section("LANGUAGE").set("CODE", revision.language);
  if (const auto words = describe_visibility(revision.visibility); !words.empty()) {
    Values& visibility = values.section("VISIBILITY").set("WORDS", words);
    if (!is_for_all(revision.visibility)) {
      for (const Mention& mention : named) visibility.section("TO").set("HANDLE", mention.handle);
    }
  }
  values.set_html("TEXT_HTML", render_words(revision.text, named, app.public_url));
  add_plain_photos(values, revision.photos, app.public_url);
}

// --- One of each kind of entry.

void add(Values& values, const app::App& app, const app::ExportedAccount& listed) {
  Values& row = values.section("ACCOUNT");
  fill_account(row, app, listed.account);
  set_time(row, listed.since);
  if (!listed.mute || !listed.mute->expires) return;
  set_time(row.section("UNTIL"), *listed.mute->expires);
}

void add(Values& values, const app::App& app, const app::ExportedKept& kept) {
  Values& row = values.section("KEPT");
  fill_place(row, app, kept.post);
  if (kept.since) set_time(row.section("SINCE"), *kept.since);
}

void add(Values& values, const app::App& app, const app::ExportedReport& exported) {
  const Report& report = exported.report;
  Values& row = values.section("REPORT");
  set_time(row, report.created);
  row.set("CATEGORY", name_of(report.category));
  if (exported.target) fill_account(row.section("TARGET"), app, *exported.target);
  if (report.closed) row.section("CLOSED");
  if (!report.comment.empty()) row.section("COMMENT").set("WORDS", report.comment);
  for (const PostId post : report.posts) {
    row.section("ABOUT").set("URL", app::url_of(app, {.id = post, .author = exported.target}));
  }
}

void add(Values& values, const app::App& app, const Strike& strike) {
  Values& row = values.section("STRIKE").set("KIND", describe(strike.kind));
  set_time(row, time_of_id(strike.id.value));
  if (!strike.words.empty()) row.section("COMMENT").set("WORDS", strike.words);
  if (strike.post) row.section("ABOUT").set("URL", app::url_of(app, {.id = strike.post, .author = {}}));
}

void add(Values& values, const app::App& app, const HeldPost& held) {
  const Draft& draft = held.draft;
  Values& row = values.section("HELD");
  set_time(row, held.created);
  Values& said = row.include("SAID", words_template);
  if (draft.reply_to) fill_place(said.section("REPLY"), app, {.id = draft.reply_to, .author = {}});
  fill_words(said, app, {},
             {.warning = draft.warning,
              .language = draft.language,
              .text = draft.text,
              .visibility = draft.visibility});
}

void fill_tallies(Values& post, const PostCounts& counts) {
  if (counts.replies + counts.reposts + counts.favourites == 0) return;
  Values& tallies = post.section("TALLIES");
  const auto tally = [&tallies](std::string_view words, std::int64_t count) {
    if (count > 0) tallies.section("TALLY").set("WORDS", words).set("NUMBER", count);
  };
  tally("Replies", counts.replies);
  tally("Reposts", counts.reposts);
  tally("Favourites", counts.favourites);
}

void fill_occasion(Values& event, const app::App& app, const app::ExportedPost& exported) {
  event.set("URL", app.public_url + occasion_path(*exported.view.author, exported.view.post->id));
  for (const Account& speaker : exported.occasion->speakers) {
    event.section("SPEAKER").set("HANDLE", speaker.handle);
  }
  if (exported.occasion->ended) set_time(event.section("ENDED"), *exported.occasion->ended);
}

void add_said(Values& post, const app::App& app, const app::ExportedPost& exported) {
  const std::vector<Mention>& named = exported.view.post->mentions;
  const std::vector<Revision>& revisions = exported.revisions;
  Values& said = post.include("SAID", words_template);
  if (exported.reply_to) fill_place(said.section("REPLY"), app, *exported.reply_to);
  fill_words(said, app, named, revisions.back());
  if (exported.occasion) fill_occasion(post.section("EVENT"), app, exported);
  if (revisions.size() == 1) return;
  Values& before = post.section("BEFORE").set("NUMBER", static_cast<std::int64_t>(revisions.size() - 1));
  for (const Revision& revision : revisions | std::views::reverse | std::views::drop(1)) {
    Values& version = before.section("VERSION");
    set_time(version, revision.created);
    fill_words(version, app, named, revision);
  }
}

void add(Values& values, const app::App& app, const app::ExportedPost& exported) {
  const Post& said = *exported.view.post;
  Values& post = values.section("POST").set("ID", said.id.str());
  post.set("PLACE", app::url_of(app, *exported.view.author, said.id));
  set_time(post, said.created);
  if (exported.repost_of) {
    fill_place(post.section("REPOST"), app, *exported.repost_of);
    if (const auto words = describe_visibility(said.visibility); !words.empty()) {
      post.section("REPOST_VISIBILITY").set("WORDS", words);
    }
    return;
  }
  if (said.edited) set_time(post.section("EDITED"), *said.edited);
  if (exported.view.pinned) post.section("PINNED");
  add_said(post, app, exported);
  fill_tallies(post, exported.view.counts);
}

// --- The file.

std::string head(const app::App& app, const app::ExportedProfile& profile) {
  const Account& account = profile.account;
  Values values;
  Values& head = values.section("HEAD");
  fill_account(head, app, account);
  fill_tile(head, account);
  head.include("MARK", "mark.html");
  head.set("SITE", app.settings.instance_title).set("SQUARE", app.public_url);
  head.set("STYLE_SOURCE", style_source()).set("EMAIL", profile.email);
  set_time(head, app.clock.now());
  head.set("JOINED_ISO", iso_date(account.created)).set("JOINED", month_of(account.created));
  if (account.locked) head.section("LOCKED");
  if (account.bot) head.section("BOT");
  if (!account.bio.empty()) {
    head.section("BIO").set_html("WORDS_HTML", render_words(account.bio, {}, app.public_url));
  }
  for (const ProfileField& field : account.fields) {
    head.section("FIELD")
        .set("LABEL", field.name)
        .set_html("WORDS_HTML", render_words(field.value, {}, app.public_url));
  }
  head.set("POSTS", account.counts.posts).set("FOLLOWING", account.counts.following);
  head.set("FOLLOWERS", account.counts.followers);
  return templates().render(page, values);
}

std::string open(app::ExportPart part) {
  Values values;
  values.section(part == app::ExportPart::posts ? "OPEN_POSTS" : "OPEN_LIST").set("TITLE", title_of(part));
  return templates().render(page, values);
}

std::string entries(const app::App& app, const std::vector<app::ExportEntry>& entries,
                    std::size_t /*written*/) {
  Values values;
  for (const app::ExportEntry& entry : entries) {
    std::visit([&](const auto& one) { add(values, app, one); }, entry);
  }
  return templates().render(page, values);
}

std::string close(app::ExportPart part) {
  Values values;
  values.section(part == app::ExportPart::posts ? "CLOSE_POSTS" : "CLOSE_LIST");
  return templates().render(page, values);
}

// A page has no lists that are empty.
std::string none(app::ExportPart part) {
  Values values;
  if (part == app::ExportPart::posts) values.section("NO_POSTS");
  return templates().render(page, values);
}

std::string foot() {
  Values values;
  values.section("FOOT");
  return templates().render(page, values);
}

}  // namespace

const ExportFormat export_as_html{.ending = "html",
                                  .content_type = "text/html; charset=utf-8",
                                  .head = head,
                                  .open = open,
                                  .entries = entries,
                                  .close = close,
                                  .none = none,
                                  .foot = foot};

}  // namespace hoopoe::web
