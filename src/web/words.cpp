#include "web/words.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "web/photo_values.h"

namespace hoopoe::web {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array field_names{
    Pair{"username", "This handle"},  Pair{"email", "This e-mail address"},
    Pair{"password", "The password"}, Pair{"reason", "This"},
    Pair{"invite", "This"},
};

constexpr std::array scopes{
    Pair{"read", "read all that you can read here, your settings and notifications too"},
    Pair{"write", "change everything for you: publish, delete, follow, edit your profile"},
    Pair{"profile", "know who you are: your handle, name and picture"},
    Pair{"follow", "follow, mute and block for you"},
    Pair{"push", "send you push notifications"},
    Pair{"read:accounts", "see your account and those of others"},
    Pair{"read:notifications", "see your notifications"},
    Pair{"read:search", "search for you"},
    Pair{"read:statuses", "see the posts that you can see"},
    Pair{"write:accounts", "edit your profile"},
    Pair{"write:favourites", "favourite posts for you"},
    Pair{"write:follows", "follow and unfollow for you"},
    Pair{"write:media", "upload pictures for you"},
    Pair{"write:notifications", "clear your notifications"},
    Pair{"write:statuses", "publish and delete posts as you"},
};

constexpr std::array languages{
    Pair{"ar", "Arabic"},     Pair{"ckb", "Central Kurdish"}, Pair{"de", "German"},  Pair{"en", "English"},
    Pair{"es", "Spanish"},    Pair{"fa", "Persian"},          Pair{"fr", "French"},  Pair{"it", "Italian"},
    Pair{"ja", "Japanese"},   Pair{"ku", "Kurdish"},          Pair{"nl", "Dutch"},   Pair{"pl", "Polish"},
    Pair{"pt", "Portuguese"}, Pair{"ru", "Russian"},          Pair{"tr", "Turkish"}, Pair{"uk", "Ukrainian"},
    Pair{"ur", "Urdu"},       Pair{"zh", "Chinese"},
};

// The first that occurs names it: Edge and Chrome also call themselves Safari, and all of them Mozilla.
constexpr std::array browsers{
    Pair{"Edg", "Edge"},      Pair{"OPR/", "Opera"},    Pair{"Firefox", "Firefox"},
    Pair{"FxiOS", "Firefox"}, Pair{"Chrome", "Chrome"}, Pair{"CriOS", "Chrome"},
    Pair{"Safari", "Safari"}, Pair{"Lynx", "Lynx"},     Pair{"w3m", "w3m"},
};
constexpr std::array systems{
    Pair{"Android", "Android"}, Pair{"iPhone", "iPhone"}, Pair{"iPad", "iPad"},   Pair{"Windows", "Windows"},
    Pair{"Mac OS X", "Mac"},    Pair{"CrOS", "ChromeOS"}, Pair{"Linux", "Linux"},
};

template <std::size_t Size>
std::string_view find(const std::array<Pair, Size>& pairs, std::string_view key, std::string_view otherwise) {
  const auto found = std::ranges::find(pairs, key, &Pair::first);
  return found == pairs.end() ? otherwise : found->second;
}

template <std::size_t Size>
std::string_view first_contained(const std::array<Pair, Size>& pairs, std::string_view text) {
  const auto found = std::ranges::find_if(pairs, [&](const Pair& pair) { return text.contains(pair.first); });
  return found == pairs.end() ? std::string_view() : found->second;
}

}  // namespace

std::string_view title_of_error(int status) {
  switch (status) {
    case 401:
      return "Please sign in";
    case 403:
      return "Not allowed";
    case 404:
      return "Nothing here";
    case 405:
      return "Not this way";
    case 410:
      return "Gone";
    case 429:
      return "Too many tries";
    case 503:
      return "Back in a moment";
    default:
      return status >= 500 ? "Our fault" : "That did not work";
  }
}

std::string_view persian_title_of_error(int status) {
  switch (status) {
    case 401:
      return "لطفاً وارد شوید";
    case 403:
      return "اجازه نیست";
    case 404:
      return "اینجا چیزی نیست";
    case 405:
      return "از این راه نمی‌شود";
    case 410:
      return "پاک شده است";
    case 429:
      return "درخواست‌ها زیاد بود";
    case 503:
      return "چند لحظهٔ دیگر";
    default:
      return status >= 500 ? "اشکال از ماست" : "نشد";
  }
}

std::string title_of(const Account& account) {
  return fmt::format("{} (@{})", account.shown_name(), account.handle);
}

std::string title_of_exchange(const Account& one, const Account& other) {
  return fmt::format("@{} and @{}", one.handle, other.handle);
}

std::string headline_of(const PostCard& post) {
  if (!post.warning.empty()) return post.warning;
  return post.text.empty() ? describe_photos(post) : post.text;
}

std::string describe_replies(const app::ConversationPart& part) {
  const std::string count = (part.is_whole ? "" : "more than ") + std::to_string(part.replies);
  const std::string_view noun = part.replies == 1 ? "reply" : "replies";
  const std::string hidden =
      part.hidden > 0 ? fmt::format(", {} hidden by the author they reply to", part.hidden) : std::string();
  if (part.before > 0 && part.shown > 0) {
    return fmt::format("Replies {} to {} of {}{}", part.before + 1, part.before + part.shown, count, hidden);
  }
  if (part.shown == part.replies && part.is_whole) return fmt::format("{} {}", count, noun);
  return fmt::format("{} of {} {} shown{}", part.shown, count, noun, hidden);
}

std::string_view describe_visibility(Visibility visibility) {
  switch (visibility) {
    case Visibility::everyone:
      return "";
    case Visibility::unlisted:
      return "Unlisted";
    case Visibility::followers:
      return "Followers only";
    case Visibility::mentioned:
      return "Only to those named";
  }
  return "";
}

std::string sentence(const Refusal::Detail& detail) {
  return std::string(find(field_names, detail.field, detail.field)).append(" ").append(detail.description) +
         ".";
}

std::string describe_scope(std::string_view scope) {
  if (scope.starts_with("admin:")) return "run this server for you: " + std::string(scope);
  if (const auto known = find(scopes, scope, ""); !known.empty()) return std::string(known);
  const std::size_t colon = scope.find(':');
  if (colon == std::string_view::npos) return std::string(scope);
  return std::string(scope.starts_with("write") ? "change your " : "see your ") +
         std::string(scope.substr(colon + 1));
}

std::string describe_browser(std::string_view user_agent) {
  const std::string_view browser = first_contained(browsers, user_agent);
  const std::string_view system = first_contained(systems, user_agent);
  std::string words(browser.empty() ? "A browser" : browser);
  return system.empty() ? words : words.append(" on ").append(system);
}

std::string_view name_of_language(std::string_view code) { return find(languages, code, code); }

}  // namespace hoopoe::web
