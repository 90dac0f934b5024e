#pragma once

#include <optional>
#include <string>

#include "app/post_view.h"
#include "domain/post.h"
#include "net/task.h"
#include "web/context.h"
#include "web/template.h"

namespace hoopoe::web {

// What stands in the form for a new post, or for other words of an old one.
struct DraftForm {
  std::string text;
  std::string warning;
  std::optional<Visibility> visibility;  // none: as it was before, or as the account has it
  ReplyRule reply_rule = ReplyRule::anyone;
  std::string language;
  std::string reply_to;             // a post's id, or empty
  std::string edited;               // the id of the post that is changed, or empty
  std::string idempotency_key;      // empty: a new one, so that a form sent twice makes one post
  std::vector<ChosenPhoto> photos;  // uploaded already
  std::string error;                // beside the text, when it was refused
  bool is_own = false;              // filled in by somebody: the account's defaults do not apply
};

// {{>FORM}}. Requires: signed in.
void add_compose_form(Values& values, Context& context, DraftForm draft);

// As the browser sent it, without the files. Refusal{bad_request} for a visibility or a rule that is none.
DraftForm sent_form(const Context& context);
// Uploads the files that the form brought, and adds them to its photos; what is wrong with one becomes the
// form's error, and what was uploaded before it stays.
net::Task<void> take_files(Context& context, DraftForm& form);
// The button that only adds photos was pressed: the form is shown again, with them.
bool only_adds_photos(const Context& context);

// An answer that names whom it answers, as people do it by hand.
DraftForm draft_of_reply(const Context& context, const app::PostView& view);

}  // namespace hoopoe::web
