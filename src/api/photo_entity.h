#pragma once

#include <vector>

#include <boost/json.hpp>

#include "app/app.h"
#include "domain/photo.h"

namespace hoopoe::api {

namespace json = boost::json;

// MediaAttachment (mastodon/documentation, content/en/entities): photos are the only kind.
json::object media_json(const app::App& app, const Photo& photo);
json::array media_json(const app::App& app, const std::vector<Photo>& photos);

}  // namespace hoopoe::api
