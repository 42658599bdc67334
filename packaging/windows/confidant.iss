; Inno Setup: the installer for Windows, made from the frozen folder. Not run yet on a Windows
; machine. Call: iscc /DVersion=0.1.0 packaging\windows\confidant.iss
;
; Installs for the user alone, so no administrator is needed. Uninstalling leaves the profile in
; %LOCALAPPDATA%\confidant where it is: what a user wrote is the user's.

#ifndef Version
  #error Give the version: /DVersion=0.1.0
#endif

[Setup]
AppId={{6C1E0A53-7C0B-4E36-9C1B-6C9C5A3B1C77}
AppName=Confidant
AppVersion={#Version}
AppPublisher=The Confidant authors
DefaultDirName={localappdata}\Programs\Confidant
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=confidant-{#Version}-windows-x86_64-setup
SetupIconFile=..\..\build\package\icons\confidant.ico
UninstallDisplayIcon={app}\confidant.exe
Compression=lzma2/normal
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "..\..\build\package\frozen\confidant\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
; Files of an earlier version that this one no longer has.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\Confidant"; Filename: "{app}\confidant.exe"
Name: "{autodesktop}\Confidant"; Filename: "{app}\confidant.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\confidant.exe"; Description: "{cm:LaunchProgram,Confidant}"; Flags: nowait postinstall skipifsilent
