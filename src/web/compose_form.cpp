#include "web/compose_form.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/photos.h"
#include "base/refusal.h"
#include "crypto/password.h"
#include "domain/handle.h"
#include "store/photos.h"
#include "text/html.h"
#include "web/words.h"

namespace hoopoe::web {

namespace {

constexpr std::size_t idempotency_key_bytes = 16;

void add_option(Values& values, std::string_view name, std::string_view value, std::string_view words,
                bool is_chosen) {
  Values& option = values.section(name).set("VALUE", value).set("WORDS", words);
  if (is_chosen) option.section("CHOSEN");
}

void add_languages(Values& values, const Context& context, const std::string& chosen) {
  std::vector<std::string> codes = context.app.settings.instance_languages;
  if (!chosen.empty() && std::ranges::find(codes, chosen) == codes.end()) codes.push_back(chosen);
  add_option(values, "LANGUAGE", "", "Not said", chosen.empty());
  for (const std::string& code : codes) {
    add_option(values, "LANGUAGE", code, name_of_language(code), code == chosen);
  }
}

void add_visibilities(Values& values, Visibility chosen) {
  constexpr std::array choices{
      std::pair{Visibility::everyone, "Everyone"},
      std::pair{Visibility::unlisted, "Everyone, but not in the square"},
      std::pair{Visibility::followers, "My followers and those named"},
      std::pair{Visibility::mentioned, "Only those named"},
  };
  for (const auto& [visibility, words] : choices) {
    add_option(values, "VISIBILITY", name_of(visibility), words, visibility == chosen);
  }
}

void add_reply_rules(Values& values, ReplyRule chosen) {
  constexpr std::array choices{
      std::pair{ReplyRule::anyone, "Anyone"},
      std::pair{ReplyRule::followed, "Those I follow and those named"},
      std::pair{ReplyRule::mentioned, "Only those named"},
  };
  for (const auto& [rule, words] : choices) {
    add_option(values, "RULE", name_of(rule), words, rule == chosen);
  }
}

// Browsers send line breaks as CR LF; each is one character here.
std::string with_plain_line_breaks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '\r') out += c;
  }
  return out;
}

// Those that the form carried along, without the ones to be left out.
std::vector<ChosenPhoto> kept_photos(const Context& context) {
  std::vector<ChosenPhoto> photos;
  const auto removed = context.parameters.all("remove");
  for (const std::string_view text : context.parameters.all("photo_id")) {
    const auto id = PhotoId::parse(text);
    if (!id || std::ranges::find(removed, text) != removed.end()) continue;
    photos.push_back(
        {.id = *id, .description = with_plain_line_breaks(context.value("description_" + id->str()))});
  }
  return photos;
}

void add_attached(Values& form, const Context& context, const std::vector<ChosenPhoto>& chosen) {
  const std::vector<Photo> photos =
      context.app.db.read([&](store::Read& read) { return store::photos::find_many(read, ids_of(chosen)); });
  for (const Photo& photo : photos) {
    if (photo.owner != context.viewer()) continue;
    const auto choice = std::ranges::find(chosen, photo.id, &ChosenPhoto::id);
    Values& attached = form.section("ATTACHED");
    attached.set("PHOTO", photo.id.str()).set("SMALL", app::path_of(photo, app::PhotoSize::small));
    attached.set("WIDTH", photo.small_width).set("HEIGHT", photo.small_height);
    attached.set_html("WORDS_HTML", text::escape(choice->description.value_or(photo.description)));
  }
  if (photos.size() < photos_per_post_max) form.section("ADD");
}

}  // namespace

DraftForm sent_form(const Context& context) {
  const std::string_view visibility = context.value("visibility");
  if (!visibility.empty() && !parse_visibility(visibility)) {
    throw Refusal(RefusalKind::bad_request, "Nobody knows who may read it: the form names no such choice.");
  }
  const std::string_view rule = context.value("reply_rule");
  if (!rule.empty() && !parse_reply_rule(rule)) {
    throw Refusal(RefusalKind::bad_request, "Nobody knows who may answer: the form names no such choice.");
  }
  const bool is_sent = context.request.method == net::Method::post;
  return {.text = with_plain_line_breaks(context.value("text")),
          .warning = std::string(context.value("warning")),
          // A box without its mark is not sent.
          .sensitive = is_sent ? std::optional(!context.value("sensitive").empty()) : std::nullopt,
          .visibility = parse_visibility(visibility),
          .reply_rule = parse_reply_rule(rule).value_or(ReplyRule::anyone),
          .language = std::string(context.value("language")),
          .reply_to = std::string(context.value("reply_to")),
          // In no address: whoever makes people follow one would choose what they delete.
          .replaced = is_sent ? std::string(context.value("replaced")) : "",
          .idempotency_key = std::string(context.value("key")),
          .photos = kept_photos(context),
          .is_own = true};
}

net::Task<std::optional<int>> upload_files(Context& context, DraftForm& form) {
  std::string description(context.value("description"));
  int status = net::status_of(RefusalKind::invalid);
  for (net::File& file : context.parameters.take_files("photo")) {
    if (form.photos.size() >= photos_per_post_max) {
      form.error = fmt::format("A post shows at most {} photos.", photos_per_post_max);
      break;
    }
    try {
      const Photo photo = co_await app::upload_photo(context.app, context.me().actor, std::move(file.bytes),
                                                     {.description = description, .focus = {}});
      form.photos.push_back({.id = photo.id, .description = photo.description});
      description.clear();  // it was said of the first
    } catch (const Refusal& refusal) {
      if (refusal.kind != RefusalKind::invalid && refusal.kind != RefusalKind::too_many &&
          refusal.kind != RefusalKind::unavailable) {
        throw;
      }
      form.error = fmt::format("{}: {}", file.filename, without_prefix(refusal.what()));
      status = net::status_of(refusal.kind);
      break;
    }
  }
  if (!form.error.empty()) co_return status;
  co_return context.value("act") == "add" ? std::optional(200) : std::nullopt;
}

void add_compose_form(Values& values, Context& context, DraftForm draft) {
  const Account& account = context.me().account;
  if (!draft.is_own) {
    draft.visibility = std::max(draft.visibility.value_or(Visibility::everyone), account.default_visibility);
    draft.language = account.default_language;
  }
  if (draft.idempotency_key.empty()) draft.idempotency_key = crypto::random_token(idempotency_key_bytes);

  Values& form = values.include("FORM", "compose_form.html");
  form.set("CSRF", form_token(context)).set("KEY", draft.idempotency_key);
  form.set("LIMIT", context.app.settings.posts_characters_max);
  // Plain values have their line breaks made spaces, which a <textarea> must keep.
  form.set_html("TEXT_HTML", text::escape(draft.text))
      .set("WARNING", draft.warning)
      .set("REPLY_TO", draft.reply_to);
  if (!draft.replaced.empty()) form.section("REPLACED").set("ID", draft.replaced);
  form.set("ACTION", draft.edited.empty() ? "/posts" : "/posts/" + draft.edited + "/edit");
  form.section(!draft.edited.empty() ? "CHANGE" : draft.reply_to.empty() ? "FRESH" : "ANSWER");
  const Visibility visibility = draft.visibility.value_or(account.default_visibility);
  add_attached(form, context, draft.photos);
  const bool is_sensitive = draft.sensitive.value_or(account.default_sensitive);
  if (is_sensitive) form.section("SENSITIVE");
  const bool options_matter = !draft.warning.empty() || is_sensitive || visibility != Visibility::everyone ||
                              draft.reply_rule != ReplyRule::anyone;
  if (options_matter) form.section("OPEN");
  if (!draft.error.empty()) form.section("ERROR").set("WORDS", draft.error);
  add_visibilities(form, visibility);
  // Of an edited post it stays as it was.
  if (draft.edited.empty()) add_reply_rules(form.section("RULES"), draft.reply_rule);
  add_languages(form, context, draft.language);
}

DraftForm draft_of_reply(const Context& context, const app::PostView& view) {
  const app::PostView& shown = view.shown();
  std::vector<std::string> names;
  const auto add = [&](AccountId account, const std::string& handle) {
    if (account != context.viewer() && std::ranges::find(names, handle) == names.end())
      names.push_back(handle);
  };
  add(shown.author->id, shown.author->handle);
  for (const Mention& mention : shown.post->mentions) {
    add(mention.account, write_address(mention.handle, mention.domain));
  }
  DraftForm draft{.visibility = shown.post->visibility, .reply_to = shown.post->id.str()};
  for (const std::string& name : names) draft.text += "@" + name + " ";
  return draft;
}

}  // namespace hoopoe::web
