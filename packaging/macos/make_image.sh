#!/bin/sh
# A disk image from the app bundle, to be dragged to Applications. Not run yet on a Mac.
# The bundle is signed ad hoc only, which Apple's processors ask for; without a certificate of Apple
# the first start needs "Open" from the context menu.
set -eu
cd "$(dirname "$0")/../.."
app=build/package/frozen/Confidant.app
version=$(/usr/libexec/PlistBuddy -c "Print CFBundleShortVersionString" "$app/Contents/Info.plist")
stage=build/package/image
rm -rf "$stage"
mkdir -p "$stage" dist
codesign --force --deep --sign - "$app"
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname Confidant -srcfolder "$stage" -ov -format UDZO \
    "dist/confidant-$version-macos-$(uname -m).dmg"
