#!/usr/bin/env bash
# Builds etcd and kube-apiserver from Debian's packages and puts both into the folder given as $1.
#
# Needs Debian 12 (apt, dpkg-dev, tar) and about 2 GB of disk while it runs; touches nothing outside its
# temporary folder and $1. kube-apiserver comes from Debian's own source package. It must be compiled with
# Go 1.15: with Go 1.19 it starts, but crashes on custom resources (its copy of reflect2 is too old).
set -euo pipefail

target=${1:?usage: build.sh TARGET_FOLDER}
kubernetes_source='1.20.5+really1.20.2-1.1+deb12u1'
kubernetes_release=v1.20.2

for tool in apt-get apt-cache dpkg dpkg-source; do
  command -v "$tool" >/dev/null || {
    echo "control-plane: '$tool' is missing. Install dpkg-dev on Debian 12, or set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver (setup-envtest downloads one)." >&2
    exit 1
  }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

step() { echo "control-plane: $*" >&2; }

# A private apt configuration: source packages and bullseye's Go without a change to the system's lists.
# The mirror and its settings are the system's.
step 'reading package lists'
mkdir -p apt/system-lists/partial apt/lists/partial apt/cache/archives/partial
common=(-o "Dir::Cache=$work/apt/cache" -o APT::Sandbox::User=root -o Acquire::Retries=3)
system=("${common[@]}" -o "Dir::State::Lists=$work/apt/system-lists")
private=(
  "${common[@]}" -o "Dir::State::Lists=$work/apt/lists"
  -o "Dir::Etc::SourceList=$work/apt/sources.list" -o Dir::Etc::SourceParts=-
)
apt-get "${system[@]}" -qq update >&2
mirror=$(
  apt-get "${system[@]}" indextargets 'Created-By: Packages' --format '$(REPO_URI) $(CODENAME)' |
    awk '$2 == "bookworm" { print $1; exit }'
)
[ -n "$mirror" ] || { echo 'control-plane: no Debian 12 (bookworm) mirror in the apt configuration.' >&2; exit 1; }
for entry in "deb-src $mirror bookworm" "deb $mirror bookworm" "deb $mirror bullseye"; do
  read -r kind uri suite <<<"$entry"
  echo "$kind [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $suite main"
done >apt/sources.list
apt-get "${private[@]}" -qq update >&2

step 'downloading etcd, Go 1.15 and the Kubernetes source'
apt-get "${private[@]}" -qq download etcd-server golang-1.15-go golang-1.15-src >&2
apt-get "${private[@]}" -qq source --download-only "kubernetes=$kubernetes_source" >&2
mkdir root
for package in ./*.deb; do dpkg -x "$package" root; done
dpkg-source --no-check -x kubernetes_*.dsc kubernetes >/dev/null

export GOROOT=$work/root/usr/lib/go-1.15 GOPATH=$work/gopath GOCACHE=$work/gocache GO111MODULE=off CGO_ENABLED=0 GOFLAGS=
export PATH=$GOROOT/bin:$PATH
mkdir -p "$GOPATH/src/k8s.io"
mv kubernetes "$GOPATH/src/k8s.io/kubernetes"
cd "$GOPATH/src/k8s.io/kubernetes"

# Debian's source leaves out the generated OpenAPI definitions.
step 'generating the OpenAPI definitions'
go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
packages=$(
  grep -rl --include='*.go' '+k8s:openapi-gen=true' pkg staging/src |
    grep -vE '_test\.go$|/testdata/|sample-|code-generator|zz_generated' |
    xargs -n1 dirname | sort -u |
    sed -e 's#^staging/src/#k8s.io/kubernetes/vendor/#' -e 's#^pkg/#k8s.io/kubernetes/pkg/#' |
    paste -sd,
)
"$work/openapi-gen" --go-header-file /dev/null -O zz_generated.openapi \
  -p k8s.io/kubernetes/pkg/generated/openapi -i "$packages" -r /dev/null

step 'compiling kube-apiserver'
version_flags=
for package in component-base client-go/pkg; do
  base="-X k8s.io/kubernetes/vendor/k8s.io/$package/version"
  version_flags+=" $base.gitVersion=$kubernetes_release $base.gitMajor=1 $base.gitMinor=20"
done
go build -ldflags "-s -w $version_flags" -o "$work/kube-apiserver" ./cmd/kube-apiserver

mkdir -p "$target"
cp "$work/root/usr/bin/etcd" "$work/kube-apiserver" "$target/"
step "done: $target"
