// Headers that are slow to read and never change between two builds of ours, or seldom.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "dossier/v1/audit_service.grpc.pb.h"
#include "dossier/v1/feed_service.grpc.pb.h"
#include "dossier/v1/ingest_service.grpc.pb.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "grpcpp/grpcpp.h"
