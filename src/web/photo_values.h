#pragma once

#include <string_view>

#include <boost/json/fwd.hpp>

#include "app/app.h"
#include "domain/post.h"
#include "net/http.h"
#include "web/template.h"

namespace hoopoe::web {

// Whether photos come with a page, or each when a reader who saves data asks for it. Then they are links: a
// browser without scripts loads pictures also where it does not show them.
enum class PhotoLoading { with_page, on_request };
PhotoLoading photo_loading(const net::Request& request);

// What may upset waits behind a word; where a warning is, that is enough. Those who judge a photo read what
// it is said to show before they open it.
enum class PhotoCover { none, sensitive, judged };
// Of descriptions a list shows so much that a page of them stays light; all of it is on the page of a post.
enum class Descriptions { beginning, whole };
struct PhotoFrame {
  PhotoLoading loading = PhotoLoading::with_page;
  PhotoCover cover = PhotoCover::none;
  Descriptions descriptions = Descriptions::whole;
  std::string_view language;  // of the post, and so of what its author says of the photos
};
// {{>PHOTOS}}, where there are any.
void add_photos(Values& values, const std::vector<Photo>& photos, const PhotoFrame& frame);
// For plain HTML elsewhere: the section PHOTO for each, in it SHOWN or SENSITIVE, all addresses below `root`.
void add_plain_photos(Values& values, const std::vector<Photo>& photos, std::string_view root,
                      PhotoCover cover = PhotoCover::none);

// The same, each small file within the page. Where one cannot be read, its address.
void add_carried_photos(Values& values, const std::vector<Photo>& photos, app::App& app, PhotoCover cover);

// Of each its address and its description.
boost::json::array photos_json(const app::App& app, const std::vector<Photo>& photos);

// "Photo: a bird on a wall", "3 photos": a line where there are no words.
std::string describe_photos(const PostCard& post);

}  // namespace hoopoe::web
